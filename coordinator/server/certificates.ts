import { createHash, createPrivateKey, createPublicKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { LocalText } from '../../shared/text/local-text.ts';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { MusterError } from '../../shared/errors/errors.ts';
import { readIfThere, writeAtomically } from '../../shared/node/files.ts';

/** The certificates that agents and browsers see and may pin. */
export interface Certificates {
  caPem: string;
  /** The server's certificate. */
  certPem: string;
  keyPem: string;
  /** base64 of the SHA-256 of the server's public key (SPKI), as `curl --pinnedpubkey` takes it after `sha256//`. */
  pin: string;
  /** Hex SHA-256 of the server certificate's DER, as browsers show the fingerprint. */
  certificateSha256: string;
}

export interface CertificateOptions {
  /** IP addresses and DNS names of the server; localhost and the loopback addresses are added. */
  addresses: readonly string[];
  names: readonly string[];
  now: Date;
}

/** Early enough for a host whose clock is years behind to connect and be told about its clock. */
const notBefore = new Date('2000-01-01T00:00:00Z');
const year = 365 * 24 * 3600_000;
const lifetime = 30 * year;
/** Certificates are renewed when less than this is left. */
const margin = year;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

interface Pair {
  key: KeyObject;
  keyPem: string;
  certPem: string;
}

/**
 * The coordinator's CA (ca.key, ca.crt) and server certificate (server.key, server.crt) in `stateDir`, created on the
 * first start. A server certificate that lacks a name or expires soon is reissued with the same key, so pins stay
 * valid, and with the names that it had: hosts still ask at the address of a master whose role changes. Throws
 * MusterError `certificates-broken` if a file of a pair is missing or does not match: agents trust this CA, so it is
 * never replaced silently.
 */
export async function ensureCertificates(stateDir: string, options: CertificateOptions): Promise<Certificates> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const ca = (await readPair(stateDir, 'ca')) ?? (await create(stateDir, 'ca', (key) => issueCa(key, options.now)));
  const issue = (key: KeyObject) => issueServer(key, ca, subjectNames(options), options.now);
  const server = (await readPair(stateDir, 'server')) ?? (await create(stateDir, 'server', issue));
  return describe(ca, await renewed(stateDir, ca, server, options));
}

/** Renews the certificate at runtime. A missing pair is `certificates-broken` here, because agents already trust it. */
export async function renewCertificates(stateDir: string, options: CertificateOptions): Promise<Certificates> {
  const [ca, server] = [await readPair(stateDir, 'ca'), await readPair(stateDir, 'server')];
  if (ca === null || server === null) throw broken(says.gone, stateDir);
  return describe(ca, await renewed(stateDir, ca, server, options));
}

async function renewed(stateDir: string, ca: Pair, server: Pair, options: CertificateOptions): Promise<Pair> {
  const wanted = subjectNames(options);
  if (isCurrent(server, ca, wanted, options.now)) return server;
  const certPem = await issueServer(server.key, ca, together(wanted, namesOf(server)), options.now);
  await writeAtomically(join(stateDir, 'server.crt'), certPem, { mode: 0o644 });
  return { ...server, certPem };
}

function describe(ca: Pair, { certPem, keyPem }: Pair): Certificates {
  const certificate = new X509Certificate(certPem);
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return {
    caPem: ca.certPem,
    certPem,
    keyPem,
    pin: createHash('sha256').update(spki).digest('base64'),
    certificateSha256: createHash('sha256').update(certificate.raw).digest('hex'),
  };
}

async function readPair(stateDir: string, name: string): Promise<Pair | null> {
  const [keyFile, certFile] = [join(stateDir, `${name}.key`), join(stateDir, `${name}.crt`)];
  const [keyPem, certPem] = [await readIfThere(keyFile), await readIfThere(certFile)];
  if (keyPem === null && certPem === null) return null;
  if (keyPem === null) throw broken(says.half(certFile, keyFile), stateDir);
  if (certPem === null) throw broken(says.half(keyFile, certFile), stateDir);
  let fits: boolean;
  let key: KeyObject;
  try {
    key = createPrivateKey(keyPem);
    fits = new X509Certificate(certPem).checkPrivateKey(key);
  } catch (cause) {
    throw broken(says.unreadable(keyFile, certFile), stateDir, cause);
  }
  if (!fits) throw broken(says.mismatch(keyFile, certFile), stateDir);
  return { key, keyPem, certPem };
}

function broken(seen: LocalText, folder: string, cause?: unknown): MusterError {
  return new MusterError('certificates-broken', { seen, folder }, { cause });
}

const says = {
  gone: { en: 'the CA or the certificate of the server is missing', zh: 'CA 或服务器的证书缺失' },
  half: (found: string, missing: string) => ({
    en: `${found} exists, but ${missing} does not`,
    zh: `${found} 存在，但 ${missing} 不存在`,
  }),
  unreadable: (key: string, cert: string) => ({
    en: `${key} or ${cert} is not valid PEM`,
    zh: `${key} 或 ${cert} 不是有效的 PEM`,
  }),
  mismatch: (key: string, cert: string) => ({
    en: `${key} does not belong to ${cert}`,
    zh: `${key} 与 ${cert} 不匹配`,
  }),
};

/** Writes the key last: after a crash the next start reports an incomplete pair instead of using it. */
async function create(stateDir: string, name: string, issue: (key: KeyObject) => Promise<string>): Promise<Pair> {
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const keyPem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certPem = await issue(key);
  await writeAtomically(join(stateDir, `${name}.crt`), certPem, { mode: 0o644 });
  await writeAtomically(join(stateDir, `${name}.key`), keyPem, { mode: 0o600 });
  return { key, keyPem, certPem };
}

async function webKeys(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
}

async function issueCa(key: KeyObject, now: Date): Promise<string> {
  const keys = await webKeys(key);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=muster CA',
    keys,
    notBefore,
    notAfter: new Date(now.getTime() + 2 * lifetime),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

async function issueServer(key: KeyObject, ca: Pair, names: x509.JsonGeneralNames, now: Date): Promise<string> {
  const [keys, caKeys] = [await webKeys(key), await webKeys(ca.key)];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=muster coordinator',
    issuer: new x509.X509Certificate(ca.certPem).subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    notBefore,
    notAfter: new Date(now.getTime() + lifetime),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

function subjectNames({ addresses, names }: CertificateOptions): x509.JsonGeneralNames {
  const all = [...new Set(['localhost', '127.0.0.1', '::1', ...names, ...addresses])].filter((name) => name !== '');
  return all.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }));
}

const namesOf = ({ certPem }: Pair): x509.JsonGeneralNames =>
  new x509.X509Certificate(certPem).getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON() ?? [];

const together = (...lists: x509.JsonGeneralNames[]): x509.JsonGeneralNames => [
  ...new Map(lists.flat().map((name) => [name.value, name])).values(),
];

function isCurrent(server: Pair, ca: Pair, wanted: x509.JsonGeneralNames, now: Date): boolean {
  const certificate = new X509Certificate(server.certPem);
  const covers = ({ type, value }: x509.JsonGeneralName) =>
    (type === 'ip' ? certificate.checkIP(value) : certificate.checkHost(value)) !== undefined;
  return (
    certificate.verify(new X509Certificate(ca.certPem).publicKey) &&
    certificate.validToDate.getTime() - now.getTime() > margin &&
    wanted.every(covers)
  );
}
