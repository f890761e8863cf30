// What goes over the wire is the vocabulary of every part of the relay.
global using TreePush.Core.Manifests;
global using TreePush.Core.Wire;
