import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { CancelReason } from 'vitest';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { spoilLab } from './spoilt.ts';

/** With so many failed files what is wrong is not the machine. */
const enough = 3;

/**
 * A failed file leaves the lab wherever it was when it failed: the next one begins on new hosts, and those that failed can be tried once
 * more. MUSTER_E2E_FAILED: the file that gets their paths, a line each.
 */
export default class SecondTry implements Reporter {
  #vitest: Vitest | undefined;
  #failed = 0;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestModuleEnd(module: TestModule): void {
    if (module.state() !== 'failed') return;
    spoilLab();
    this.#failed += 1;
    const list = process.env.MUSTER_E2E_FAILED;
    if (list !== undefined) appendFileSync(list, `${relative(process.cwd(), module.moduleId)}\n`);
    if (this.#failed === enough) void this.#vitest?.cancelCurrentRun('too-many-failed' as CancelReason);
  }
}
