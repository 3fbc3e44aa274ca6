import type { Evidence } from '../../../../shared/diagnosis/evidence.ts';
import type { Params } from '../../../../shared/errors/fill.ts';
import { sampleFacts } from '../../../agent/samples.ts';

export type Part = Partial<Evidence>;

export const out = (...output: string[]): Part => ({ output });
/** A step that failed with one of muster's own errors. */
export const failedBy = (code: string, params: Params = {}): Part => ({ problem: { code, params } });
export const kubelet = (...lines: string[]): Part => ({ kubelet: lines });
export const runtime = (...lines: string[]): Part => ({ runtime: lines });
/** Of a container that keeps exiting. */
export const container = (...lines: string[]): Part => ({ containers: lines });
export const GB = 1024 ** 3;
export const disk = (freeBytes: number) => ({
  facts: sampleFacts({ disks: [{ mount: '/var/lib', sizeBytes: 50 * GB, freeBytes }] }),
});

/** By failure: what programs print when it occurs, and similar output with another cause or none. */
export type Recorded = Readonly<Record<string, { holds: Part[]; misses: Part[] }>>;
