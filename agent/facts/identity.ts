import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

type Parts = Pick<Facts, 'hostname' | 'os' | 'kernel' | 'init' | 'machineId' | 'bootId'>;

export async function identityFacts(host: Host): Promise<Parts> {
  const line = async (path: string) => (await host.readFile(path))?.trim() || null;
  const [hostname, os, kernel, init, machineId, bootId] = await Promise.all([
    line('/proc/sys/kernel/hostname'),
    osRelease(host),
    line('/proc/sys/kernel/osrelease'),
    line('/proc/1/comm'),
    line('/etc/machine-id'),
    line('/proc/sys/kernel/random/boot_id'),
  ]);
  return {
    hostname: hostname ?? '',
    os,
    kernel: kernel ?? '',
    init: init ?? '',
    machineId,
    bootId: bootId ?? '',
  };
}

/** /etc/os-release is a list of shell assignments, quoted or not. */
async function osRelease(host: Host): Promise<Facts['os']> {
  const text = (await host.readFile('/etc/os-release')) ?? (await host.readFile('/usr/lib/os-release')) ?? '';
  const values = new Map(
    [...text.matchAll(/^([A-Z_]+)=(["']?)(.*)\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
  const id = values.get('ID') ?? '';
  const versionId = values.get('VERSION_ID') ?? '';
  return { id, versionId, prettyName: values.get('PRETTY_NAME') ?? `${id} ${versionId}`.trim() };
}
