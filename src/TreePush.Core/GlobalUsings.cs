// Nearly every file of this project names hosts and runs.
global using TreePush.Core.Hosts;
global using TreePush.Core.Runs;
