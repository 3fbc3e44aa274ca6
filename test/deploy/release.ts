import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { renderInstaller } from '../../coordinator/enrolment/installer.ts';
import { commonScript } from '../../deploy/build/common-script.ts';
import { installTemplate } from '../../deploy/build/install-template.ts';
import { signRelease } from '../../deploy/build/signing.ts';
import { pack } from '../../deploy/build/tar.ts';
import type { Origin } from './origin.ts';

export const repository = path.resolve(import.meta.dirname, '../..');
/** The installer checks only the form of a key. */
export const releaseKey = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n';
export const runtimeName = `runtime-${process.arch}.tar.gz`;

/**
 * In place of Node: records its arguments, also in /tmp/calls beside those of systemctl, and whether the token reached its file and nothing else, and exits as
 * /tmp/node-ends says.
 */
const node = `#!/bin/sh
echo "$@" >>/tmp/node
echo "node $*" >>/tmp/calls
env >>/tmp/node-environment
case "$*" in
  *' enrol')
    stat -c '%a %U' /var/lib/muster-agent /var/lib/muster-agent/enrolment-token >/tmp/enrolment 2>/dev/null
    cat /var/lib/muster-agent/enrolment-token >>/tmp/enrolment 2>/dev/null
    echo pending >/var/lib/muster-agent/credential.json.pending
    [ -e /tmp/node-ends ] || echo credential >/var/lib/muster-agent/credential.json
    ;;
esac
[ ! -e /tmp/node-says ] || cat /tmp/node-says >&2
case "$*" in
  *' status --json') exit "$(cat /tmp/node-status-ends 2>/dev/null || echo 0)" ;;
esac
exit "$(cat /tmp/node-ends 2>/dev/null || echo 0)"
`;

/** Packs a folder of files; `files` maps names to contents. */
async function packed(folder: string, name: string, files: Record<string, string>): Promise<Buffer> {
  const source = path.join(folder, `${name}.files`);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(source, file)), { recursive: true });
    await writeFile(path.join(source, file), content, { mode: file.startsWith('bin/') ? 0o755 : 0o644 });
  }
  await pack(source, ['.'], path.join(folder, name));
  return readFile(path.join(folder, name));
}

/** The artefacts of a release whose programs only record their arguments. `version` makes its agent a different one. */
export async function fakeArtefacts(folder: string, version: string): Promise<Record<string, Buffer>> {
  const unit = await readFile(path.join(repository, 'deploy/muster-agent.service'), 'utf8');
  return {
    [runtimeName]: await packed(folder, runtimeName, { 'bin/node': node, 'lib/padding': 'x'.repeat(1000) }),
    'agent.tar.gz': await packed(folder, `agent-${version}.tar.gz`, {
      'main.js': version,
      'muster-agent.service': unit,
      'update-guard.sh': await readFile(path.join(repository, 'deploy/update-guard.sh'), 'utf8'),
    }),
  };
}

/** Serves the artefacts and an installer for them, rendered as the coordinator does. `sums` overrides checksums; `urls`: of all coordinators. */
export async function serveArtefacts(
  origin: Origin,
  artefacts: Record<string, Buffer>,
  sums: Record<string, string> = {},
  urls: string[] = [origin.url],
): Promise<string> {
  for (const [name, content] of Object.entries(artefacts)) origin.serve(`/artefacts/${name}`, content);
  const listed = Object.entries(artefacts).map(([name, content]) => ({
    name,
    sha256: sums[name] ?? createHash('sha256').update(content).digest('hex'),
  }));
  const { caPem } = origin;
  const template = await installTemplate(repository);
  const script = renderInstaller({ template, urls, caPem, releaseKey, artefacts: listed });
  origin.serve('/install.sh', script);
  return script;
}

/** Packs a release archive with such programs, as folder/NAME.tar.gz; returns NAME. */
export async function fakeRelease(folder: string, version: string): Promise<string> {
  const name = `muster-${version}`;
  const into = path.join(folder, name);
  await mkdir(into);
  const deploy = path.join(repository, 'deploy');
  for (const file of ['setup.sh', 'uninstall.sh', 'examples']) {
    await cp(path.join(deploy, file), path.join(into, file), { recursive: true });
  }
  await writeFile(path.join(into, 'common.sh'), await commonScript(repository));
  const artefacts = await fakeArtefacts(into, version);
  const unit = await readFile(path.join(deploy, 'muster-coordinator.service'), 'utf8');
  const coordinator = { 'main.js': version, 'muster-coordinator.service': unit };
  artefacts['coordinator.tar.gz'] = await packed(into, 'coordinator', coordinator);
  const files = [path.join(into, runtimeName)];
  await signRelease(into, { cache: folder, version: '0.1.0', arch: process.arch, files });
  artefacts['install.sh'] = Buffer.from(await installTemplate(repository));
  for (const [file, content] of Object.entries(artefacts)) await writeFile(path.join(into, file), content);
  await pack(folder, [name], path.join(folder, `${name}.tar.gz`), 1);
  return name;
}
