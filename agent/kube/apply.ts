import { parseAllDocuments } from 'yaml';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { adminConf } from './kubeconfig.ts';

/** `kubectl apply` keeps a copy of each object in an annotation; Kubernetes limits all annotations to 256 KiB. */
const mostAnnotations = 262_144;
/** Left for other annotations. */
const reserve = 16_384;
/** A shorter text cannot hold an object that is too long. */
const shortest = mostAnnotations - reserve;

/** Name of muster among the managers of an object's fields. */
const fieldManager = 'muster';

/**
 * Applies a manifest with kubectl and the administrator's credential; returns what kubectl printed. Manifests with an
 * object too long for client-side apply, such as a CustomResourceDefinition, are applied by the server. Throws what
 * `output` throws.
 */
export function applyManifest(
  host: Host,
  manifest: string,
  { remedy, timeoutMs }: { remedy: LocalText; timeoutMs: number },
): Promise<string> {
  const serverSide = ['--server-side', '--force-conflicts', `--field-manager=${fieldManager}`];
  const args = ['--kubeconfig', adminConf, 'apply', ...(hasLongObject(manifest) ? serverSide : []), '-f', '-'];
  return output(host, 'kubectl', args, { input: manifest, timeoutMs, remedy });
}

/** Whether client-side apply would refuse an object of the manifest. */
export function hasLongObject(manifest: string): boolean {
  const long = manifest.split(/^---(?=\s|$)/m).filter((text) => text.length >= shortest);
  return long.some((text) =>
    parseAllDocuments(text, { uniqueKeys: false }).some(
      (document) => (JSON.stringify(document.toJS()) ?? '').length >= shortest,
    ),
  );
}
