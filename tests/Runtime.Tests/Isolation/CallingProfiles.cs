namespace Vivace.Runtime.Tests.Isolation;

/// <summary>A profile of each mode that lets the calling capabilities in.</summary>
internal static class CallingProfiles
{
    public static async Task WriteAsync(string folder)
    {
        var profiles = Directory.CreateDirectory(Path.Combine(folder, "profiles")).FullName;
        await File.WriteAllTextAsync(Path.Combine(profiles, "calling-default.json"), """
            { "profile": "calling-default", "mode": "default", "generation": { "maxModelCalls": 3, "retries": 0 },
              "postEvaluators": { "allowed": { "disableAll": true } } }
            """);
        await File.WriteAllTextAsync(Path.Combine(profiles, "calling-fast.json"), """
            { "profile": "calling-fast", "mode": "fast", "model": { "size": "small" }, "generation": { "maxModelCalls": 1, "retries": 0 },
              "context": { "providers": { "include": ["CHARACTER", "RECENT_MESSAGES", "CALLING"] }, "recentMessages": 8 },
              "actions": { "allowed": { "include": ["CALLING_ACTION"] }, "maxShown": 3, "maxExecuted": 1 },
              "postEvaluators": { "allowed": { "disableAll": true } } }
            """);
    }
}
