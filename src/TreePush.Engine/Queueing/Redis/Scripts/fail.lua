-- An attempt failed. ARGV: 4 host, 5 token, 6 reason, 7 whose fault. Returns 0 if the claim is no longer the host's.
local host = standing(ARGV[4], ARGV[5])
if not host then return done(0) end
fail(host, ARGV[6], ARGV[7])
return done(1)
