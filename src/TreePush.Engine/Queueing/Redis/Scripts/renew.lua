-- The holder of a claim lives. ARGV: 4 host, 5 token, 6 length of the lease in ms. Returns 0 if the claim is no longer the host's.
local host = standing(ARGV[4], ARGV[5])
if not host then return done(0) end
host.expires = now + tonumber(ARGV[6])
redis.call('ZADD', KEYS[5], host.expires, host.name)
changed[host.name] = true
return done(1)
