import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

/** What one file of tests came to. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

const root = path.resolve(import.meta.dirname, '../../..');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');

interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
}

/** A run that ended without a report (it was killed, or the file could not be loaded) has an empty one. */
const reportOf = async (file: string): Promise<Report> => JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));

/** Runs one file of tests (below test/e2e) in a process of its own, and shows what it prints. */
export async function runFile(file: string): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-e2e-'));
  const json = path.join(folder, 'report.json');
  const started = Date.now();
  const { exitCode } = await execa(
    process.execPath,
    [
      ...[vitest, 'run', '--config', 'test/e2e/vitest.config.ts', `test/e2e/${file}`],
      ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${json}`],
    ],
    { cwd: root, stdio: 'inherit', reject: false },
  );
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = await reportOf(json);
  await rm(folder, { recursive: true });
  // A hook that failed, or an error that no test waited for, fails the file, too.
  const failed = exitCode !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests, seconds: (Date.now() - started) / 1000 };
}
