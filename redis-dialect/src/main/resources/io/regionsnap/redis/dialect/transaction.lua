-- The parts of which the steps of a script are made (see conclude.lua), as functions; LuaParts writes
-- the body of each in the place of every call, because making and calling functions costs a server
-- more than what they do. A part that does nothing but return something stands for that; any other
-- is a statement, and what it returns ends the script.
--
-- "key" and "index" are places in KEYS, "place" is that of a guard among the guards, counted from 0,
-- and unless said otherwise every other parameter is a place in ARGV.

-- Reads, by which the kind of a key comes to light: a command for the other kind fails. Numbers that
-- are said to the server are written as text, which is cheaper than having them turned into it.

local function readValue(key)
  looking, command = key, 'GET'
  values[key] = run('GET', keys[key])
end

local function readTop(key)
  looking, command = key, 'ZREVRANGE'
  tops[key] = run('ZREVRANGE', keys[key], '0', '0', 'WITHSCORES')
end

-- Before several are asked at once if any of them exists: what does not has no kind. "key" is the first.
local function lookForAny(key)
  looking, command = key, 'EXISTS'
end

local function lookAtValue(key)
  looking, command = key, 'STRLEN'
  run('STRLEN', keys[key])
end

local function lookAtIndex(key)
  looking, command = key, 'ZCARD'
  run('ZCARD', keys[key])
end

-- Neither: there is no command for that, so TYPE is asked.
local function lookAtOther(key)
  looking, command = key, 'TYPE'
  local kind = run('TYPE', keys[key]).ok
  if kind == 'string' or kind == 'zset' then
    error({err = 'WRONGTYPE ' .. kind}, 0)
  end
end

local function lookedAt()
  looking = 0
end

-- Permissions, where the server can tell, as Redis 7.0 and later can. "name" is that of a command. What
-- it takes beside its key are two words that are not taken for another key; some take no word.

local function lacks(name, key)
  return not mayRun(name, keys[key], '0', '0') and name
end

local function lacksAlone(name, key)
  return not mayRun(name, keys[key]) and name
end

local function lacksBoth(name, from, to)
  return not mayRun(name, keys[from], keys[to]) and name
end

-- "names" is what is lacking, if anything is.
local function refuse(names)
  if mayRun then
    local name = names
    if name then
      error({err = 'NOPERM this user has no permissions to run the ' .. name .. ' command'}, 0)
    end
  end
end

-- Stops where the server cannot tell.
local function insist()
  if not mayRun then
    return {'unchecked'}
  end
end

-- Has the staged bytes at hand as a value where there is something to compare them with: "compared", a
-- condition. Stops where they are gone. "stage" is a key.
local function staged(stage, value, compared)
  if compared then
    given[value] = run('GET', keys[stage])
    if not given[value] then
      return {'unstaged'}
    end
  end
end

-- Stops where the staged bytes are gone, and the first write is not the one that takes them.
local function insistOnStaged(stage)
  if run('EXISTS', keys[stage]) == 0 then
    return {'unstaged'}
  end
end

-- What is known of an index.

local function seeTop(index)
  if not tops[index] then
    tops[index] = run('ZREVRANGE', keys[index], '0', '0', 'WITHSCORES')
  end
end

local function seeScore(index, member)
  if not scores[index] or scores[index][1] ~= member then
    scores[index] = {member, tonumber(run('ZSCORE', keys[index], given[member]))}
  end
end

local function whole(number)
  return string.format('%.0f',
    math.max(-9007199254740992, math.min(9007199254740992, math.floor(number))))
end

-- What is observed where a guard fails. "bytes", "at" and "number" are what they say.

local function nothing(place)
  return {'guard', place, 'nothing'}
end

local function held(place, bytes)
  return {'guard', place, 'held', string.sub(bytes, 1, 256), tostring(#bytes)}
end

local function entry(place, at, number)
  return {'guard', place, 'entry', at, whole(number)}
end

-- Guards: each returns what it observed if it does not hold.

local function absent(place, key)
  if values[key] then
    return held(place, values[key])
  end
end

local function equal(place, key, value)
  if not values[key] then
    return nothing(place)
  elseif values[key] ~= given[value] then
    return held(place, values[key])
  end
end

local function absentOrEqual(place, key, value)
  if values[key] and values[key] ~= given[value] then
    return held(place, values[key])
  end
end

local function absentOrMember(place, key, index)
  local value, top = values[key], tops[index]
  if value and not (top and top[1] == value) and not run('ZSCORE', keys[index], value) then
    return held(place, value)
  end
end

local function atTop(place, key, index)
  if not values[key] then
    return nothing(place)
  elseif tops[index][1] ~= values[key] then
    return held(place, values[key])
  end
end

local function contains(place, index, member, score)
  seeScore(index, member)
  local found = scores[index][2]
  if not found then
    return nothing(place)
  elseif found ~= tonumber(given[score]) then
    return entry(place, given[member], found)
  end
end

local function admits(place, index, member, score)
  seeScore(index, member)
  local found, wanted, top = scores[index][2], tonumber(given[score]), tops[index]
  if found and found ~= wanted then
    return entry(place, given[member], found)
  end
  -- Nobody is as high as a score above the top.
  if not top or (top[1] and tonumber(top[2]) >= wanted) then
    local same = run('ZRANGEBYSCORE', keys[index], given[score], given[score], 'LIMIT', 0, 2)
    for _, other in ipairs(same) do
      if other ~= given[member] then
        return entry(place, other, wanted)
      end
    end
  end
end

local function withinSpan(place, index, score, span)
  local top = tops[index]
  if top[1] and top[2] - given[span] > tonumber(given[score]) then
    return entry(place, top[1], top[2])
  end
end

local function before(place, instant)
  local time = run('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if now >= tonumber(given[instant]) then
    return {'guard', place, 'clock', string.format('%.0f', now)}
  end
end

-- Writes, in the order given.

-- When an index expires, and the pointer with it: worked out once for each top. An instant that Redis
-- would refuse as invalid becomes the first that it takes, which has passed as well.
local function seeExpiry(index, lifetime)
  local top = tops[index]
  if top[3] ~= lifetime then
    local instant = math.floor(top[2] + given[lifetime])
    top[3] = lifetime
    top[4] = string.format('%.0f', math.max(1, math.min(9007199254740992, instant)))
  end
end

local function put(key, value, millis)
  run('SET', keys[key], given[value], 'PXAT', given[millis])
  written = true
end

-- Puts what was staged, then the same under other keys, and only then lets the first of them expire: an
-- expiry that has passed deletes a key at once, and there would be nothing to copy. "from" and "to" are
-- keys, here and below.

local function adopt(key, stage)
  run('RENAME', keys[stage], keys[key])
  written = true
end

-- The same as the first write, which fails and changes nothing where the staged bytes are gone.
local function adoptFirst(key, stage)
  local reply = redis.pcall('RENAME', keys[stage], keys[key])
  if reply.err then
    insistOnStaged(stage)
    error(reply, 0)
  end
  written = true
end

local function copy(from, to)
  run('COPY', keys[from], keys[to], 'REPLACE')
end

local function expire(key, millis)
  run('PEXPIREAT', keys[key], given[millis])
end

-- Where all expire at once, they do so with the first of them, which may be gone already then.
local function copyExpiring(from, to, millis)
  if run('COPY', keys[from], keys[to], 'REPLACE') == 0 then
    run('PEXPIREAT', keys[to], given[millis])
  end
end

local function add(index, member, score)
  run('ZADD', keys[index], given[score], given[member])
  written = true
  tops[index], scores[index] = nil, nil
end

-- The same where a later write asks for a new top.
local function addAndSee(index, member, score)
  seeTop(index)
  seeScore(index, member)
  local top = tops[index]
  newTop = not scores[index][2] and not (top[1] and tonumber(top[2]) >= tonumber(given[score]))
  add(index, member, score)
  if newTop then
    tops[index] = {given[member], given[score], false, false}
  end
end

local function trim(index, span)
  seeTop(index)
  local top = tops[index]
  if top[1] then
    run('ZREMRANGEBYSCORE', keys[index], '-inf', string.format('(%.17g', top[2] - given[span]))
    written = true
    scores[index] = nil
  end
end

local function expireWithTop(index, lifetime)
  seeTop(index)
  if tops[index][1] then
    seeExpiry(index, lifetime)
    run('PEXPIREAT', keys[index], tops[index][4])
    written = true
  end
end

local function pointAtTop(key, index, lifetime)
  seeTop(index)
  if tops[index][1] then
    seeExpiry(index, lifetime)
    run('SET', keys[key], tops[index][1], 'PXAT', tops[index][4])
    written = true
  end
end

local function delete(key)
  run('DEL', keys[key])
  written = true
end

local function remove(index, member)
  run('ZREM', keys[index], given[member])
  written = true
  tops[index], scores[index] = nil, nil
end

local function move(from, to, millis)
  if run('EXISTS', keys[from]) == 1 then
    run('RENAME', keys[from], keys[to])
    written = true
    run('PEXPIREAT', keys[to], given[millis])
    tops[from], scores[from] = nil, nil
  end
end
