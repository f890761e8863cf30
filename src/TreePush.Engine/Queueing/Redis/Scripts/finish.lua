-- The holder of a claim has the file, and serves it. ARGV: 4 host, 5 token. Returns 0 if the claim is no longer the host's.
local host = standing(ARGV[4], ARGV[5])
if not host then return done(0) end
local source = end_lease(host)
source.accusers = nil
free_slot_of(source)
host.faults = 0
serve(host)
return done(1)
