import { cp, mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { gatewayExec } from '../host/exec.ts';
import { LabError } from '../lab-error.ts';
import { gateway, labPaths, proxy, registry, webServer } from '../layout.ts';
import { findProcess, startProcess } from '../machine/processes.ts';
import { inLab } from '../network.ts';

/** Names that the lab's nameserver on port 53 knows. */
const names = [`mirror.lab=${gateway}`, `registry.lab=${gateway}`];

/**
 * Mirrors in the lab's network, as a site has them: apt repositories on port 8080, an OCI registry on port 5000, a
 * proxy and a nameserver.
 */

async function ensureService(name: string, argv: readonly string[], url: string): Promise<void> {
  if (findProcess(name) === null) startProcess(name, 'ip', inLab(argv));
  for (let attempt = 0; attempt < 100; attempt++) {
    const { exitCode } = await gatewayExec(['curl', '-sf', '-m', '2', '-o', '/dev/null', url]);
    if (exitCode === 0) return;
    await sleep(100);
  }
  throw new LabError('lab-service', `the lab's ${name} does not answer on ${url}`, {
    remedy: `tail ${labPaths.logs}/${name}.log; npm run lab -- down; npm run lab -- up`,
  });
}

export async function ensureServices(): Promise<void> {
  await mkdir(labPaths.registry, { recursive: true });
  await mkdir(labPaths.www, { recursive: true });
  await mkdir(labPaths.run, { recursive: true });
  await cp(`${labPaths.files}/cni.yaml`, `${labPaths.www}/cni.yaml`);
  const config = `${labPaths.run}/registry.yml`;
  const storage = { filesystem: { rootdirectory: labPaths.registry } };
  await writeFile(config, stringify({ version: 0.1, log: { level: 'warn' }, storage, http: { addr: registry } }));
  await Promise.all([
    ensureService('registry', [`${labPaths.tools}/usr/bin/docker-registry`, 'serve', config], `http://${registry}/v2/`),
    ensureService(
      'web-server',
      [process.execPath, `${import.meta.dirname}/web-server.ts`, gateway, '8080', labPaths.www],
      `${webServer}/cni.yaml`,
    ),
  ]);
  const own = (name: string, ...args: string[]) => {
    const program = [process.execPath, `${import.meta.dirname}/${name}.ts`, gateway, ...args];
    if (findProcess(name) === null) startProcess(name, 'ip', inLab(program));
  };
  own('dns-server', ...names);
  own('proxy-server', String(proxy.port), `${proxy.user}:${proxy.password}`);
}
