-- The floor: persists one snapshot that is new and newest, with the fewest calls that still check
-- every guard and every kind before the first write. Anything else it leaves alone and answers 0.
-- Knows one key layout, one order of writes and one case; cannot say what stood in the way.
--
-- KEYS  id view, ts view, index, pointer, live, claim; and where the body was staged, if it was
-- ARGV  id, time, when views expire, when the claim expires, the lowest time that is kept; and the
--       body, if it was not staged
local staged = KEYS[7]
if redis.call('EXISTS', KEYS[1], KEYS[2], KEYS[6]) ~= 0 then return 0 end
local top = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
if top[1] and tonumber(top[2]) >= tonumber(ARGV[2]) then return 0 end
if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
if redis.call('GET', KEYS[4]) ~= (top[1] or false) then return 0 end
redis.call('STRLEN', KEYS[5])
if tonumber(redis.call('TIME')[1]) * 1000 >= tonumber(ARGV[4]) then return 0 end
if staged then
  if redis.call('EXISTS', staged) == 0 then return 0 end
  redis.call('RENAME', staged, KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[6], 'PXAT', ARGV[3])
end
redis.call('COPY', KEYS[1], KEYS[2])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[5])
redis.call('PEXPIREAT', KEYS[3], ARGV[3])
redis.call('SET', KEYS[4], ARGV[1], 'PXAT', ARGV[3])
redis.call('DEL', KEYS[5])
redis.call('SET', KEYS[6], ARGV[1], 'PXAT', ARGV[4])
return 1
