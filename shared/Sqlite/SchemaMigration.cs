using System.Globalization;

namespace Vivace.Sqlite;

/// <summary>Applies the scripts of the schema that a file has not seen yet; their number is its user_version.</summary>
internal static class SchemaMigration
{
    public static void Apply(SqliteSession session, string path, string schema)
    {
        var scripts = Scripts(schema);
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            var version = session.Prepare("PRAGMA user_version").QuerySingle(row => row.Int(0));
            if (version > scripts.Length)
            {
                throw new InvalidDataException(
                    $"{path} has schema version {version}; this program knows up to {scripts.Length}. Start a newer version, or choose another Storage:Path.");
            }

            foreach (var script in scripts.Skip(version))
            {
                session.Execute(script);
            }

            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {scripts.Length}"));
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    private static string[] Scripts(string schema)
    {
        var assembly = typeof(SchemaMigration).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{schema}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}
