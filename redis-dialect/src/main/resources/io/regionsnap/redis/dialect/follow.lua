-- Reads pointers, the values that they name, and the tops of their indexes, all in one instant.
-- Writes nothing.
--
-- KEYS  for each: the pointer, the index. The key that a pointer names cannot be known beforehand; it
--       has the hash tag of the pointer, so that a cluster has it in the same place.
-- ARGV  for each: what the name of that key begins with
--
-- Replies, one array for each:
--   followed, pointer or nil, value or nil, top: {} or {member, score}
--   kind, key (0 the pointer, 1 the index), type   a key holds something else
-- or an error in its place, and then for it alone

local function get(key)
  local reply = redis.pcall('GET', key)
  if type(reply) == 'table' and reply.err then
    return nil, reply
  end
  return reply
end

local function isWrongType(failure)
  return string.find(failure.err, 'WRONGTYPE', 1, true)
end

local function wrong(place, key, failure)
  if not isWrongType(failure) then
    return failure
  end
  return {'kind', place, redis.call('TYPE', key).ok}
end

local function follow(pointerKey, indexKey, prefix)
  local pointer, failure = get(pointerKey)
  if failure then
    return wrong(0, pointerKey, failure)
  end
  local top = redis.pcall('ZREVRANGE', indexKey, 0, 0, 'WITHSCORES')
  if top.err then
    return wrong(1, indexKey, top)
  end
  local value = false
  if pointer then
    value, failure = get(prefix .. pointer)
    -- What is no value is none; any other failure is one.
    if failure and not isWrongType(failure) then
      return failure
    end
  end
  return {'followed', pointer, value or false, top}
end

local replies = {}
for place = 1, #ARGV do
  replies[place] = follow(KEYS[2 * place - 1], KEYS[2 * place], ARGV[place])
end
return replies
