// Every part of the relay uses the manifest and the messages of the protocol.
global using TreePush.Core.Manifests;
global using TreePush.Core.Wire;
