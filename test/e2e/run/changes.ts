import { execa } from 'execa';

/** How far back a change may reach where git knows no other branch, as in a checkout of one commit's history. */
const fallback = 20;

async function git(...args: string[]): Promise<string | null> {
  const { exitCode, stdout } = await execa('git', args, { reject: false });
  return exitCode === 0 ? stdout.trim() : null;
}

/**
 * The commit that the change is measured from: the one asked for, else where this branch left main, else 20 commits
 * ago. Null where the history is shorter.
 */
export async function baseCommit(asked: string | undefined): Promise<string | null> {
  if (asked !== undefined) {
    const commit = await git('rev-parse', '--verify', '--quiet', `${asked}^{commit}`);
    if (commit === null) throw new Error(`git knows no commit ${asked}`);
    return commit;
  }
  const head = await git('rev-parse', 'HEAD');
  for (const main of ['origin/main', 'main']) {
    const base = await git('merge-base', main, 'HEAD');
    // On main itself there is nothing between the two.
    if (base !== null && base !== head) return base;
  }
  return git('rev-parse', '--verify', '--quiet', `HEAD~${fallback}^{commit}`);
}

/** The files that differ from that commit, those not committed yet included; paths below the repository's root. */
export async function changedFiles(base: string): Promise<string[]> {
  const [tracked, untracked] = await Promise.all([
    git('diff', '--name-only', '--no-renames', base),
    git('ls-files', '--others', '--exclude-standard'),
  ]);
  return `${tracked ?? ''}\n${untracked ?? ''}`.split('\n').filter(Boolean);
}

/** The number of commits, which decides whose turn it is. */
export async function commitCount(): Promise<number> {
  return Number((await git('rev-list', '--count', 'HEAD')) ?? 0);
}
