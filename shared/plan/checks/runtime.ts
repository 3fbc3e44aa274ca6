import { mirrorApi } from '../../mirror-api.ts';
import { defaultRegistry } from '../defaults.ts';
import { hostAndPort, isHost, isPort } from '../host.ts';
import * as patterns from '../patterns.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Hosts of docker.io that no image is named after. */
const aliases = ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com', 'hub.docker.com'];

/** Requires mirrors that the runtime supports, for registries in image-name form. */
export function checkRuntime({ runtime }: PartialPlan, report: Report): void {
  if (runtime === undefined || typeof runtime === 'string') return;
  const { name, registryMirrors: mirrors } = runtime;
  if (mirrors === undefined) return;
  const path: Path = ['runtime', 'registryMirrors'];
  if (Array.isArray(mirrors)) {
    checkMirrors(mirrors, path, name, report);
    return;
  }
  for (const [registry, urls] of Object.entries(mirrors)) {
    if (!isRegistry(registry)) {
      report([...path, registry], 'mirror-registry-invalid', { registry });
    } else if (aliases.includes(registry)) {
      report([...path, registry], 'mirror-registry-alias', { registry });
    } else if (name === 'docker' && registry !== defaultRegistry) {
      report([...path, registry], 'mirror-not-docker-io', { registry: defaultRegistry });
    } else checkMirrors(urls ?? [], [...path, registry], name, report);
  }
}

function isRegistry(written: string): boolean {
  const { host, port } = hostAndPort(written);
  return patterns.registry.test(written) && isHost(host) && isPort(port);
}

/** docker accepts the root of a host only; containerd needs to know where the API's root is. */
function checkMirrors(
  urls: readonly (string | undefined)[],
  above: Path,
  runtime: string | undefined,
  report: Report,
): void {
  for (const [index, written] of urls.entries()) {
    if (written === undefined || !URL.canParse(written)) continue;
    const path = [...above, index];
    const { origin, pathname, search, hash } = new URL(written);
    const hasPath = pathname !== '/';
    if (search !== '' || hash !== '') report(path, 'mirror-query');
    else if (hasPath && runtime === 'docker') report(path, 'mirror-path-docker', { root: origin });
    else if (hasPath && mirrorApi(written)?.isExplicit === false) {
      const trimmed = pathname.replace(/\/+$/, '');
      report(path, 'mirror-path-without-v2', {
        root: `${origin}${trimmed}/v2`,
        harbor: `${origin}/v2${trimmed}`,
      });
    }
  }
}
