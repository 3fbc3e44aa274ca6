import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MusterError } from '../errors/errors.ts';
import { issuesText } from '../errors/issues.ts';
import type { LocalText } from '../text/local-text.ts';

/** Address and credentials of an API server. */
export interface Kubeconfig {
  /** Such as https://demo.muster.internal:6443 */
  server: string;
  caPem: string;
  /** Absent if the kubeconfig has no client certificate. */
  client?: { certPem: string; keyPem: string };
}

/** Resolves with null if the file does not exist. */
type ReadFile = (path: string) => Promise<string | null>;

const base64 = z.base64();
const fileSchema = z.object({
  'current-context': z.string(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: z.url({ protocol: /^https$/ }),
        'certificate-authority': z.string().optional(),
        'certificate-authority-data': base64.optional(),
      }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({
        'client-certificate': z.string().optional(),
        'client-certificate-data': base64.optional(),
        'client-key': z.string().optional(),
        'client-key-data': base64.optional(),
      }),
    }),
  ),
});

/**
 * Reads the current context of a kubeconfig and the files it references. null: the file does not exist. Throws
 * MusterError `kubeconfig-invalid`.
 */
export async function readKubeconfig(readFile: ReadFile, path: string): Promise<Kubeconfig | null> {
  const text = await readFile(path);
  if (text === null) return null;
  const { cluster, user } = currentContext(path, text);

  const pem = async (data: string | undefined, file: string | undefined): Promise<string | null> => {
    if (data !== undefined) return Buffer.from(data, 'base64').toString();
    return file === undefined ? null : readFile(resolve(dirname(path), file));
  };
  const caPem = await pem(cluster['certificate-authority-data'], cluster['certificate-authority']);
  if (caPem === null) throw invalid(path, { en: 'it has no certificate authority', zh: '其中没有证书颁发机构' });
  const certPem = await pem(user['client-certificate-data'], user['client-certificate']);
  const keyPem = await pem(user['client-key-data'], user['client-key']);
  const client = certPem === null || keyPem === null ? {} : { client: { certPem, keyPem } };
  return { server: cluster.server, caPem, ...client };
}

function currentContext(path: string, text: string) {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw invalid(path, { en: 'it is not valid YAML', zh: '不是有效的 YAML' }, cause);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw invalid(path, issuesText(parsed.error.issues));
  const { data } = parsed;
  const context = data.contexts.find(({ name }) => name === data['current-context'])?.context;
  const cluster = data.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = data.users.find(({ name }) => name === context?.user)?.user;
  if (cluster === undefined || user === undefined)
    throw invalid(path, {
      en: 'its current context does not name a cluster and a user of it',
      zh: '其当前上下文未指向其中的集群和用户',
    });
  return { cluster, user };
}

function invalid(path: string, reason: LocalText, cause?: unknown): MusterError {
  return new MusterError('kubeconfig-invalid', { path, reason }, { cause });
}
