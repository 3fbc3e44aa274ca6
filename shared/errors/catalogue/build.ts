import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** Errors of building a release. */
export const buildErrors = defineErrors({
  'build-tools': {
    exit: exitCode.unavailable,
    message: {
      en: 'not installed on this machine, but required by the build: {programs}',
      zh: '该机器上未安装构建所需的程序：{programs}',
    },
    remedy: 'apt-get install -y {packages}',
  },
  'debian-packages': {
    exit: exitCode.unavailable,
    message: { en: 'cannot download the C libraries: {reason}', zh: '无法下载 C 库：{reason}' },
    remedy: {
      en: 'check that apt-get update works on this machine, then run the build again',
      zh: '请确认该机器上 apt-get update 可用，然后重新运行构建',
    },
  },
  'build-machine': {
    exit: exitCode.unavailable,
    message: {
      en: 'the build requires Debian: /etc/os-release has no VERSION_CODENAME',
      zh: '构建需要 Debian：/etc/os-release 中没有 VERSION_CODENAME',
    },
    remedy: { en: 'run the build on Debian', zh: '请在 Debian 上运行构建' },
  },
});
