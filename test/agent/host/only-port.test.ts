import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../agent');

/** Files outside agent/host that use node:fs or start programs themselves, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'facts/system.ts': 'systeminformation looks for itself',
  'link/config.ts': 'the agent’s own configuration and credential',
  'backup/copies.ts': 'the copies that the agent keeps for the coordinator',
  'backup/sealed.ts': 'the agent’s own backups',
  'backup/manifest.ts': 'the agent’s own backups',
  'backup/shelf.ts': 'the agent’s own backups',
  'backup/state.ts': 'the agent’s own backups',
  'backup/verify.ts': 'a scratch folder beside the agent’s own backups',
  'link/target/target-parts.ts': 'the agent’s own state',
  'link/target/plan-guard.ts': 'the operator’s key that the agent pins',
  'prior/record.ts': 'the agent’s own records',
  'update/programs.ts': 'the agent’s own programs',
  'update/trial.ts': 'the agent’s own update',
  'update/install.ts': 'the agent’s own update',
  'preflight/planned.ts': 'a plan that the operator names on the command line',
  'uninstall/command.ts': 'the script that removes the agent itself, on the operator’s terminal',
};

const bypasses = /(?:from |import\()'(?:node:(?:fs|fs\/promises|child_process)|execa|systeminformation)'/;

test('the agent accesses the host through its port only', () => {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const found = sources
    .filter((path) => !path.startsWith('host/'))
    .filter((path) => bypasses.test(readFileSync(join(root, path), 'utf8')));
  expect(found.sort()).toEqual(Object.keys(exceptions).sort());
});
