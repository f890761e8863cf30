// Everything here is about hosts and runs.
global using TreePush.Core.Hosts;
global using TreePush.Core.Runs;
