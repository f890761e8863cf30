-- A claim is given back without counting the attempt. ARGV: 4 host, 5 token. Returns 0 if the claim is no longer the host's.
local host = standing(ARGV[4], ARGV[5])
if not host then return done(0) end
free_slot_of(give_back(host))
return done(1)
