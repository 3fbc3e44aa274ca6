/** What muster runs on; anything else is refused by name. */
const releases: Record<string, { title: string; from: number; to: number }> = {
  debian: { title: 'Debian', from: 11, to: 13 },
  ubuntu: { title: 'Ubuntu', from: 18.04, to: 24.04 },
};
const architectures = ['x64', 'arm64'];

/** null: supported; otherwise what was seen and what is needed, in one line. */
export function unsupported(os: { id: string; versionId: string }, arch: string): string | null {
  const release = releases[os.id];
  const version = Number(os.versionId);
  if (release === undefined || !(version >= release.from && version <= release.to)) {
    const needed = Object.values(releases).map(
      ({ title, from, to }) => `${title} ${from.toFixed(from % 1 ? 2 : 0)} to ${to}`,
    );
    return `this host runs ${os.id} ${os.versionId}; muster supports ${needed.join(' and ')}`;
  }
  if (!architectures.includes(arch)) return `this host is ${arch}; muster supports ${architectures.join(' and ')}`;
  return null;
}
