import { defaultRegistry } from '../defaults.ts';
import * as patterns from '../patterns.ts';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Requires mirrors that the runtime supports, for registries in image-name form. */
export function checkRuntime({ runtime }: PartialPlan, report: Report): void {
  if (runtime === undefined || typeof runtime === 'string') return;
  const mirrors = runtime.registryMirrors;
  if (mirrors === undefined || Array.isArray(mirrors)) return;
  for (const registry of Object.keys(mirrors)) {
    const path = ['runtime', 'registryMirrors', registry];
    if (!patterns.registry.test(registry)) {
      report(path, 'mirror-registry-invalid', { registry });
    } else if (runtime.name === 'docker' && registry !== defaultRegistry) {
      report(path, 'mirror-not-docker-io', { registry: defaultRegistry });
    }
  }
}
