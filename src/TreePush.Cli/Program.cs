using TreePush.Cli;

return await App.RunAsync(args);
