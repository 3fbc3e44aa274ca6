/** The output of `apt-cache policy` for a package: `versions` with the candidate first. */
export function policyOf(name: string, ...versions: string[]): string {
  const table = versions.map((version) => `     ${version} 500\n        500 http://mirror main Packages\n`);
  return `${name}:\n  Installed: (none)\n  Candidate: ${versions[0] ?? '(none)'}\n  Version table:\n${table.join('')}`;
}
