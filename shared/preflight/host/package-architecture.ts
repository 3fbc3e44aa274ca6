import { type Check, error, notLooked, ok } from '../check.ts';

const native: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

export const packageArchitecture: Check = {
  id: 'package-architecture',
  group: 'host',
  level: 'error',
  guards: ['package-source', 'packages'],
  title: { en: 'Package architecture matches the CPU', zh: '软件包架构与 CPU 一致' },
  reason: {
    en: 'A 32-bit system on a 64-bit kernel looks like a 64-bit machine but cannot install Kubernetes packages.',
    zh: '在 64 位内核上运行的 32 位系统看似 64 位机器，却无法安装 Kubernetes 软件包。',
  },
  needed: { en: 'amd64 on x64, arm64 on arm64', zh: 'x64 上为 amd64，arm64 上为 arm64' },
  remedy: { en: 'Install the 64-bit edition of the system', zh: '安装该系统的 64 位版本' },
  command: '',
  judge({ facts: { arch, machine } }) {
    const found = machine.packageArchitecture;
    if (found === null || native[arch] === undefined) return notLooked;
    const seen = { en: `${found} on ${arch}`, zh: `${arch} 上为 ${found}` };
    return found === native[arch] ? ok(seen) : error(seen);
  },
};
