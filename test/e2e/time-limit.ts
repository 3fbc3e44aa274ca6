import { relative } from 'node:path';
import type { CancelReason } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';

/**
 * Begins no other file once the run has taken so many minutes (MUSTER_E2E_MINUTES; without it there is no limit), so that on a slow machine
 * what has run still counts. What was left out is told by name.
 */
export default class TimeLimit implements Reporter {
  readonly #end = Date.now() + Number(process.env.MUSTER_E2E_MINUTES ?? Number.POSITIVE_INFINITY) * 60_000;
  readonly #left = new Set<string>();
  #vitest: Vitest | undefined;
  #isUp = false;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    for (const { moduleId } of specifications) this.#left.add(moduleId);
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    this.#left.delete(moduleId);
    this.#isUp = Date.now() > this.#end && this.#left.size > 0;
    if (this.#isUp) void this.#vitest?.cancelCurrentRun('time-limit' as CancelReason);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    if (!this.#isUp) return;
    // vitest takes a run that was ended early for a failed one.
    if (
      reason === 'interrupted' &&
      errors.length === 0 &&
      modules.every((module) => this.#left.has(module.moduleId) || module.ok())
    )
      process.exitCode = 0;
    const names = [...this.#left].map((file) => relative(process.cwd(), file));
    process.stdout.write(`\nNot run, as the time was up (MUSTER_E2E_MINUTES): ${names.join(', ')}\n`);
  }
}
