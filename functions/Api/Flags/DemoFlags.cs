namespace Vivace.Api.Flags;

/// <summary>The flag file that a first start on one machine writes: everything on, fast for everybody.</summary>
internal static class DemoFlags
{
    public const string Json = """
        {
          "feature_management": {
            "feature_flags": [
              { "id": "fast-mode-contract", "enabled": true },
              {
                "id": "fast-mode-runtime",
                "enabled": true,
                "variants": [{ "name": "fast" }, { "name": "control" }],
                "allocation": {
                  "seed": "demo",
                  "default_when_disabled": "control",
                  "percentile": [
                    { "variant": "fast", "from": 0, "to": 100 },
                    { "variant": "control", "from": 100, "to": 100 }
                  ]
                }
              },
              { "id": "fast-mode-cloud-enforced", "enabled": true },
              { "id": "fast-mode-ui", "enabled": true }
            ]
          }
        }

        """;
}
