-- A host has the file, and has checked it. ARGV: 4 host, 5 zone.
if not task.state then return 0 end
expire(ARGV[4])
local host = enter(ARGV[4], ARGV[5])
if host.progress == 'running' then free_slot_of(give_back(host)) end
if host.progress ~= 'finished' then host.source = nil end
if host.progress ~= 'finished' or host.suspected then serve(host) end
return done(1)
