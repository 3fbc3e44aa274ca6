import { packagesOf } from '../../machine/packages/index.ts';
import type { Remedy } from './remedy.ts';

export const reinstallProgram: Remedy = async ({ host, values }) => {
  const manager = await packagesOf(host);
  const { [values.program ?? '']: name }: Readonly<Record<string, string>> = manager.format.packageOf;
  if (name === undefined) return;
  const means = { say: () => undefined, sleep: (ms: number) => host.sleep(ms) };
  await manager.reinstall(name, means);
};
