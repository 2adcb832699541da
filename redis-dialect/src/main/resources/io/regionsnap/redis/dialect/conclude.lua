-- What every script of a transaction begins with. Its own steps follow, made of the parts in
-- transaction.lua:
--
--   return conclude(function() ... return {'applied'} end)
--
-- Redis keeps what a failing script wrote. So everything that can fail is found out first: the kind
-- of every key, the permission for every command that writes, then every guard. Only then is
-- anything written. Works on Redis 6.2 and later, Valkey and Upstash; needs no shebang. Lua 5.1:
-- numbers are doubles, exact to 2^53, which is also the limit of scores.
--
-- KEYS  every key of the transaction, and the one that bytes are staged under
-- ARGV  what the transaction says; a value travels once, however many steps name it
--
-- Replies, all of them arrays:
--   applied
--   guard, place (from 0), nothing | held, head, size | entry, member, score | clock, millis
--   kind, key (from 0), type       a key holds something else; nothing was written
--   refused, message               a command failed before anything was written
--   unstaged                       the staged bytes are not there; nothing was written
--   unchecked                      the server cannot say what is permitted; nothing was written
--   torn, message                  a write failed after another was made; should never happen
-- or an error of the server, which did not run the script then.

local keys = KEYS
local given = ARGV
local run = redis.call
local mayRun = redis.acl_check_cmd

local looking = 0     -- the key that is being read, 0 when all were
local command = ''    -- by which command
local written = false
local newTop = false

-- By places in KEYS. There is room for as many as most transactions have; a table that grows costs more.
--   values  bytes, or false
--   tops    {member, score, a lifetime, its expiry}, empty if the index is; nothing if it must be read
--   scores  {the member that was last asked for, its score or nil}; nothing if it must be asked for
local values = {false, false, false, false, false, false}
local tops = {false}
local scores = {false}

-- Takes the steps, and puts failures into words. What was staged and not put to use is deleted.
local function conclude(steps, stage)
  local fine, reply = pcall(steps)
  if not fine then
    -- In the words of an error reply, which begin with its code. Redis 6.2 puts the place in the
    -- script, and what else belongs to a reply on the wire, around those of refused commands.
    local message = type(reply) == 'table' and reply.err or tostring(reply)
    message = message:gsub('^@user_script: %d+: %-?', ''):gsub('%s+$', '')
    local kind = looking > 0
      and string.find(message, 'WRONGTYPE', 1, true)
      and redis.pcall('TYPE', keys[looking])
    if kind and kind.ok then
      reply = {'kind', looking - 1, kind.ok}
    elseif looking > 0 then
      reply = {'refused', message .. ' (' .. command .. ')'}
    else
      reply = {written and 'torn' or 'refused', message}
    end
  end
  if stage and reply[1] ~= 'applied' then
    redis.pcall('DEL', keys[stage])
  end
  return reply
end
