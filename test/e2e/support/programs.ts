import { createDebian } from '../../lab/build/debian.ts';
import { kubernetesPart } from '../../lab/build/kubernetes.ts';
import { ensurePart } from '../../lab/build/part.ts';
import { toolsPart } from '../../lab/build/tools.ts';
import { createProgress } from '../../lab/progress.ts';
import { defaultSystem, oldestSystem, suites } from '../../lab/systems.ts';

/** Builds the lab's Kubernetes and etcd if they are missing, for tests of programs without hosts. */
export async function ensurePrograms(): Promise<void> {
  const progress = createProgress((line) => process.stdout.write(`  ${line}\n`));
  const debian = createDebian(suites[defaultSystem]);
  await ensurePart(kubernetesPart(debian), progress);
  await ensurePart(toolsPart(debian, createDebian(suites[oldestSystem])), progress);
}
