-- Reads a pointer, the value that it names, and the top of its index, in one instant. Writes
-- nothing.
--
-- KEYS  1 the pointer, 2 the index. The key that the pointer names cannot be known beforehand; it
--       has the hash tag of the pointer, so that a cluster has it in the same place.
-- ARGV  1 what its name begins with
--
-- Replies, arrays: followed, pointer or nil, value or nil, top: {} or {member, score}
--                  kind, key (from 0), type       a key holds something else

local function get(key)
  local reply = redis.pcall('GET', key)
  if type(reply) == 'table' and reply.err then
    return nil, reply
  end
  return reply
end

local function wrong(place, failure)
  if not string.find(failure.err, 'WRONGTYPE', 1, true) then
    return failure
  end
  return {'kind', place, redis.call('TYPE', KEYS[place + 1]).ok}
end

local pointer, failure = get(KEYS[1])
if failure then
  return wrong(0, failure)
end
local top = redis.pcall('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
if top.err then
  return wrong(1, top)
end
local value = false
if pointer then
  value, failure = get(ARGV[1] .. pointer)
  -- What is no value is none; any other failure is one.
  if failure and not string.find(failure.err, 'WRONGTYPE', 1, true) then
    return failure
  end
end
return {'followed', pointer, value or false, top}
