-- Applies one regionsnap transaction wholly, or leaves everything as it was.
--
-- Redis keeps what a failing script wrote. So everything that can fail is found out first: the kind
-- of every key, then every guard, then (if asked) the permission for every command that writes.
-- Only then is anything written. Works on Redis 6.2 and later, Valkey and Upstash; needs no
-- shebang. Lua 5.1: numbers are doubles, exact to 2^53, which is also the limit of scores.
--
-- KEYS  every key of the transaction; "key" below is a place in it, counted from 1
-- ARGV  1          one letter for each key: what to read of it (see `reads`)
--       2          how many shared values follow; "value" below is a place among them, from 1
--       ...        the shared values: each travels once, however many guards and writes name it
--       1 or 0     whether to stop where the server cannot say what is permitted
--       text       the permissions to check: command, key, command, key, with a space between any two
--       n          how many guards, then each: letter, operands (see `guards`)
--       n          how many writes, then each: letter, operands (see `writes`)
--
-- Replies, all of them arrays:
--   applied
--   guard, place (from 0), nothing | held, head, size | entry, member, score | clock, millis
--   kind, key (from 0), type       a key holds something else; nothing was written
--   refused, message               a command failed before anything was written
--   unchecked                      the server cannot say what is permitted; nothing was written
--   torn, message                  a write failed after another was made; should never happen
-- or an error of the server, which did not run the script then.

local HEAD = 256
local LIMIT = 9007199254740992

local cursor = 2 + tonumber(ARGV[2])
local written = false
local newTop = false
local values = {} -- key -> its bytes, or false
local tops = {}   -- key -> {member, score}, empty if the index is; nil if it must be read again

local function take()
  cursor = cursor + 1
  return ARGV[cursor]
end

local function takeNumber()
  return tonumber(take())
end

local function takeValue()
  return ARGV[2 + takeNumber()]
end

local function whole(number)
  return string.format('%.0f', math.max(-LIMIT, math.min(LIMIT, math.floor(number))))
end

-- Reads, by which the kind of a key comes to light: a command for the other kind fails.
local reads = {
  V = function(key) values[key] = redis.call('GET', KEYS[key]) end,
  I = function(key) tops[key] = redis.call('ZREVRANGE', KEYS[key], 0, 0, 'WITHSCORES') end,
  v = function(key) redis.call('STRLEN', KEYS[key]) end,
  i = function(key) redis.call('ZCARD', KEYS[key]) end,
  -- Neither: there is no command for that, so TYPE is asked.
  o = function(key)
    local kind = redis.call('TYPE', KEYS[key]).ok
    if kind == 'string' or kind == 'zset' then
      error({err = 'WRONGTYPE ' .. kind}, 0)
    end
  end
}

-- The same by name, for who is not permitted to run one.
local names = {V = 'GET', I = 'ZREVRANGE', v = 'STRLEN', i = 'ZCARD'}

local function top(key)
  if not tops[key] then
    reads.I(key)
  end
  return tops[key][1], tonumber(tops[key][2])
end

local function score(key, member)
  local found = redis.call('ZSCORE', KEYS[key], member)
  return found and tonumber(found)
end

-- What is observed where a guard fails. The first two places are filled in at the end.

local function nothing()
  return {'guard', 0, 'nothing'}
end

local function held(key)
  local bytes = values[key]
  return {'guard', 0, 'held', string.sub(bytes, 1, HEAD), tostring(#bytes)}
end

local function entry(member, at)
  return {'guard', 0, 'entry', member, whole(at)}
end

-- Guards: each answers what it observed, or nil if it holds.
local guards

local function check()
  return guards[take()]()
end

guards = {
  -- Absent: key
  A = function()
    local key = takeNumber()
    return values[key] and held(key) or nil
  end,
  -- Equal: key, value
  E = function()
    local key, expected = takeNumber(), takeValue()
    if not values[key] then
      return nothing()
    end
    return values[key] ~= expected and held(key) or nil
  end,
  -- AbsentOrEqual: key, value
  O = function()
    local key, expected = takeNumber(), takeValue()
    return values[key] and values[key] ~= expected and held(key) or nil
  end,
  -- AbsentOrMember: key, index
  M = function()
    local key, index = takeNumber(), takeNumber()
    return values[key] and not score(index, values[key]) and held(key) or nil
  end,
  -- AtTop: key, index
  T = function()
    local key, index = takeNumber(), takeNumber()
    if not values[key] then
      return nothing()
    end
    return top(index) ~= values[key] and held(key) or nil
  end,
  -- Contains: index, and as values: member, score
  C = function()
    local index, member, at = takeNumber(), takeValue(), tonumber(takeValue())
    local found = score(index, member)
    if not found then
      return nothing()
    end
    return found ~= at and entry(member, found) or nil
  end,
  -- Admits: index, and as values: member, score
  D = function()
    local index, member, at = takeNumber(), takeValue(), takeValue()
    local found = score(index, member)
    if found and found ~= tonumber(at) then
      return entry(member, found)
    end
    for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[index], at, at, 'LIMIT', 0, 2)) do
      if other ~= member then
        return entry(other, at)
      end
    end
    return nil
  end,
  -- WithinSpan: index, score, span
  S = function()
    local index, at, span = takeNumber(), takeNumber(), takeNumber()
    local member, highest = top(index)
    return member and highest - span > at and entry(member, highest) or nil
  end,
  -- StoreClockBefore: instant
  B = function()
    local instant = takeNumber()
    local time = redis.call('TIME')
    local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    return now >= instant and {'guard', 0, 'clock', string.format('%.0f', now)} or nil
  end,
  -- NotAll: how many, then each. All are looked at, so that the cursor passes them.
  N = function()
    local all = true
    for _ = 1, takeNumber() do
      if check() then
        all = false
      end
    end
    return all and nothing() or nil
  end
}

-- Writes, in the order given.

local function write(...)
  redis.call(...)
  written = true
end

-- When an index expires, and the pointer with it. An instant that Redis would refuse as invalid
-- becomes the first that it takes, which has passed as well.
local function expiry(highest, lifetime)
  return whole(math.max(1, highest + lifetime))
end

local writes

local function make()
  writes[take()]()
end

writes = {
  -- Put: key, value, expiry
  P = function()
    local key, value, millis = takeNumber(), takeValue(), take()
    write('SET', KEYS[key], value, 'PXAT', millis)
  end,
  -- Add: index, and as values: member, score; and whether a later write asks for a new top
  A = function()
    local index, member, at, asked = takeNumber(), takeValue(), takeValue(), take()
    if asked == '1' then
      local highest, highestScore = top(index)
      newTop = (not highest or highestScore < tonumber(at)) and not score(index, member)
    end
    write('ZADD', KEYS[index], at, member)
    tops[index] = newTop and {member, at} or nil
  end,
  -- Trim: index, span
  T = function()
    local index, span = takeNumber(), takeNumber()
    local member, highest = top(index)
    if member then
      write('ZREMRANGEBYSCORE', KEYS[index], '-inf', '(' .. string.format('%.17g', highest - span))
    end
  end,
  -- ExpireWithTop: index, lifetime
  X = function()
    local index, lifetime = takeNumber(), takeNumber()
    local member, highest = top(index)
    if member then
      write('PEXPIREAT', KEYS[index], expiry(highest, lifetime))
    end
  end,
  -- PointAtTop: key, index, lifetime
  O = function()
    local key, index, lifetime = takeNumber(), takeNumber(), takeNumber()
    local member, highest = top(index)
    if member then
      write('SET', KEYS[key], member, 'PXAT', expiry(highest, lifetime))
    end
  end,
  -- Delete: key
  D = function()
    write('DEL', KEYS[takeNumber()])
  end,
  -- Remove: index, member
  R = function()
    local index, member = takeNumber(), take()
    write('ZREM', KEYS[index], member)
    tops[index] = nil
  end,
  -- Move: key, key, expiry
  M = function()
    local from, to, millis = takeNumber(), takeNumber(), take()
    if redis.call('EXISTS', KEYS[from]) == 1 then
      write('RENAME', KEYS[from], KEYS[to])
      write('PEXPIREAT', KEYS[to], millis)
      tops[from] = nil
    end
  end,
  -- IfNewTop: how many operands the write has with its letter, then the write
  N = function()
    local length = takeNumber()
    if newTop then
      make()
    else
      cursor = cursor + length
    end
  end
}

-- In the words of an error reply, which begin with its code. Redis 6.2 puts the place in the script,
-- and what else belongs to a reply on the wire, around those of refused commands.
local function message(failure)
  local text = type(failure) == 'table' and failure.err or tostring(failure)
  return (text:gsub('^@user_script: %d+: %-?', ''):gsub('%s+$', ''))
end

-- The first key of the wrong kind, or nil. Other failures of the reads go on, with the name of the read.
local function wrongKind()
  for key = 1, #KEYS do
    local letter = string.sub(ARGV[1], key, key)
    local fine, failure = pcall(reads[letter], key)
    if not fine then
      if not string.find(message(failure), 'WRONGTYPE', 1, true) then
        error({err = message(failure) .. ' (' .. names[letter] .. ')'}, 0)
      end
      return {'kind', key - 1, redis.call('TYPE', KEYS[key]).ok}
    end
  end
  return nil
end

-- What a command takes beside its key, where that is not any two words: what would be taken for
-- another key.
local function operandsOf(command, key)
  if command == 'DEL' or command == 'EXISTS' then
    return {}
  end
  return command == 'RENAME' and {key} or {'0', '0'}
end

-- Checks that each command of the second half is permitted, if the server can say, as Redis 7.0 and
-- later can. Whether it could.
local function refusePermissions()
  for command, place in string.gmatch(take(), '(%u+) (%d+)') do
    local key = KEYS[tonumber(place)]
    local operands = operandsOf(command, key)
    if redis.acl_check_cmd and not redis.acl_check_cmd(command, key, unpack(operands)) then
      error({err = 'NOPERM this user has no permissions to run the ' .. command .. ' command'}, 0)
    end
  end
  return redis.acl_check_cmd ~= nil
end

local function run()
  local wrong = wrongKind()
  if wrong then
    return wrong
  end
  local insists = take() == '1'
  if not refusePermissions() and insists then
    return {'unchecked'}
  end
  for guard = 0, takeNumber() - 1 do
    local observed = check()
    if observed then
      observed[2] = guard
      return observed
    end
  end
  for _ = 1, takeNumber() do
    make()
  end
  return {'applied'}
end

local fine, reply = pcall(run)
if fine then
  return reply
end
return {written and 'torn' or 'refused', message(reply)}
