import { createHash, randomBytes } from 'node:crypto';
import { hostExec } from '../../lab/hosts.ts';
import { kubectl, on } from '../../lab/install.ts';

const coordinator = 'https://192.168.0.130:7443';
const apiServer = 'https://192.168.0.130:6443';

/** POSTs JSON from the host with curl and returns the answer's body; throws when the status is no success. */
async function post(host: string, url: string, bearer: string, body: unknown): Promise<string> {
  const argv = [
    'curl',
    '-sSk',
    '--fail-with-body',
    '-X',
    'POST',
    '-H',
    'Content-Type: application/json',
    '-H',
    `Authorization: Bearer ${bearer}`,
    '--data-binary',
    '@-',
    url,
  ];
  const { exitCode, stdout, stderr } = await hostExec(host, argv, { input: JSON.stringify(body) });
  if (exitCode !== 0) throw new Error(`POST ${url}: ${stdout}${stderr}`);
  return stdout;
}

/** Asks the API server, with a bootstrap token, for a client certificate of the node; returns the request's name. */
async function requestCertificate(host: string, token: string, node: string): Promise<string> {
  const name = `impostor-${node}-${randomBytes(3).toString('hex')}`;
  await on(
    host,
    'openssl',
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    '/dev/null',
    '-out',
    '/tmp/impostor.csr',
    '-subj',
    `/O=system:nodes/CN=system:node:${node}`,
  );
  const pem = await on(host, 'cat', '/tmp/impostor.csr');
  await post(host, `${apiServer}/apis/certificates.k8s.io/v1/certificatesigningrequests`, token, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: {
      request: Buffer.from(pem).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      usages: ['digital signature', 'key encipherment', 'client auth'],
    },
  });
  return name;
}

/**
 * Plays a worker that has been taken over: enrols as `host` with the token of its install command, gets the join credential that
 * is meant for it, and asks for master01's client certificate with it. Then, once the coordinator has seen that, for
 * another worker's. Returns the conditions of both requests, as kubectl prints them.
 */
export async function askForMastersIdentity(
  host: string,
  line: string,
): Promise<{ forMaster: string; forAnother: string }> {
  const token = line.match(/MUSTER_TOKEN=(\S+)/)?.[1] ?? '';
  const credential = randomBytes(32).toString('base64url');
  await post(host, `${coordinator}/v1/enrol`, token, {
    credentialSha256: createHash('sha256').update(credential).digest('hex'),
    hostname: host,
    addresses: ['192.168.0.132'],
    machineId: null,
    bootId: 'impostor',
    agentVersion: '0.1.0',
    os: { id: 'debian', versionId: '12' },
    arch: 'x64',
    now: new Date().toISOString(),
  });
  const join = JSON.parse(await post(host, `${coordinator}/v1/join-credentials?wait=30`, credential, {}));
  const asMaster = await requestCertificate(host, join.token, 'master01');
  const asOther = await requestCertificate(host, join.token, 'node01');
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  const conditions = (name: string) => kubectl('get', 'csr', name, '-o', 'jsonpath={.status.conditions[*].type}');
  return { forMaster: await conditions(asMaster), forAnother: await conditions(asOther) };
}
