import { output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** dpkg, its database, and what stops it at one package. */
export const packageDatabase: readonly Failure[] = [
  {
    id: 'package-script-failed',
    title: { en: 'A package’s installation script failed', zh: '软件包的安装脚本失败' },
    cause: {
      en: 'The installation script of the package {name} exits with an error, and dpkg runs it again in each installation.',
      zh: '软件包 {name} 的安装脚本出错退出，而 dpkg 会在每次安装时重新运行它。',
    },
    remedy: {
      en: 'Resolve what the script reports (often a service that does not start), then let dpkg finish. Remove the package if it is not needed.',
      zh: '解决脚本报告的问题（常见为服务无法启动），然后让 dpkg 完成配置。如不需要该软件包，请将其卸载。',
    },
    command: 'dpkg --configure -a; systemctl --failed --no-pager',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(
        /installed (?<name>[\w.+-]{1,120})(?::\w{1,10})? package (?:pre|post)-(?:installation|removal) script subprocess (?:returned error|was killed)/,
      ),
    ],
  },
  {
    id: 'package-half-installed',
    title: { en: 'A package is half-installed', zh: '某个软件包仅安装了一半' },
    cause: {
      en: 'apt refuses to run: {name} must be reinstalled, and no package source has its version.',
      zh: 'apt 拒绝运行：{name} 必须重新安装，但没有软件源提供其版本。',
    },
    remedy: { en: 'Remove the package by force.', zh: '强制卸载该软件包。' },
    next: { en: 'muster installs it again if it is planned.', zh: '若计划中需要，muster 会重新安装它。' },
    command: 'dpkg --remove --force-remove-reinstreq {name}',
    where: 'host',
    explains: ['dpkg-interrupted', 'packages-conflict'],
    clues: [output(/The package (?<name>[\w.+-]{1,120}) needs to be reinstalled, but/)],
  },
  {
    id: 'dpkg-status-damaged',
    title: { en: 'dpkg’s database is damaged', zh: 'dpkg 数据库损坏' },
    cause: {
      en: '{file} cannot be read, often after a power failure: neither apt nor dpkg works.',
      zh: '{file} 无法读取，通常由断电引起：apt 与 dpkg 均无法工作。',
    },
    remedy: {
      en: 'Restore the file from its previous version (the command does); older ones are in /var/backups. Check the disk.',
      zh: '用上一版本恢复该文件（该命令会恢复）；更早的版本在 /var/backups 中。请检查磁盘。',
    },
    command: 'cp {file} /root/dpkg-damaged; cp {file}-old {file} && dpkg --configure -a',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(/dpkg: error: parsing file '(?<file>\/var\/lib\/dpkg\/(?:status|available))'/),
      output(/Unable to parse package file (?<file>\/var\/lib\/dpkg\/status)\b/),
      output(
        /(?:Could not open file|failed to open package info file) '?(?<file>\/var\/lib\/dpkg\/(?:status|available))\b.{0,60}No such file/,
      ),
      output(/(?:error|problem)\b.{0,60}(?:opening|reading|parsing)\b.{0,40}(?<file>\/var\/lib\/dpkg\/status)\b/i),
    ],
  },
  {
    id: 'dpkg-update-damaged',
    title: { en: 'dpkg’s record of an interrupted run is damaged', zh: 'dpkg 中断运行的记录损坏' },
    cause: {
      en: '{file}, in which dpkg kept the changes of an interrupted run, cannot be parsed, so dpkg does nothing.',
      zh: 'dpkg 用于保存中断运行所做更改的 {file} 无法解析，因此 dpkg 无法工作。',
    },
    remedy: {
      en: 'Move the records away and let dpkg finish. Check the disk.',
      zh: '移走这些记录并让 dpkg 完成配置。请检查磁盘。',
    },
    command: 'mkdir -p /root/dpkg-updates && mv /var/lib/dpkg/updates/* /root/dpkg-updates/ && dpkg --configure -a',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [output(/dpkg: error: parsing file '(?<file>\/var\/lib\/dpkg\/updates\/\d{1,8})'/)],
  },
  {
    id: 'dpkg-list-damaged',
    title: { en: 'dpkg’s list of a package’s files is damaged', zh: 'dpkg 中某个软件包的文件列表损坏' },
    cause: {
      en: 'The list of the files of {name} below /var/lib/dpkg/info is damaged, so dpkg installs nothing.',
      zh: '/var/lib/dpkg/info 下 {name} 的文件列表损坏，dpkg 无法安装任何软件包。',
    },
    remedy: {
      en: 'Move the list away and reinstall the package. Check the disk.',
      zh: '移走该列表并重新安装该软件包。请检查磁盘。',
    },
    command: ({ reinstall }) => `mv /var/lib/dpkg/info/{name}.list /root/; ${reinstall(['{name}'])}`,
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(
        /files list file for package '(?<name>[\w.+:-]{1,120})' (?:is missing final newline|contains empty filename|is not a regular file)/,
      ),
    ],
  },
  {
    id: 'file-immutable',
    title: { en: 'A file cannot be replaced', zh: '某个文件无法替换' },
    cause: {
      en: 'dpkg cannot replace {file}: the file or its folder is immutable (chattr +i), or a program protects it.',
      zh: 'dpkg 无法替换 {file}：该文件或其目录不可更改（chattr +i），或受某个程序保护。',
    },
    remedy: {
      en: 'Remove the attribute and find out what sets it, such as a security agent.',
      zh: '移除该属性，并查明是什么设置了它，例如安全代理。',
    },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command:
      'cd /; for path in {file} $(dirname {file}); do lsattr -d $path; chattr -i $path; done; dpkg --configure -a',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(
        /(?:unable to (?:make backup link of|install new version of|create|remove|open|move aside|stat)|cannot remove|error setting (?:ownership|permissions) of) '(?<file>\.?\/[\w.+/-]{1,250}?)(?:\.dpkg-(?:new|tmp))?'.{0,120}?: Operation not permitted/,
      ),
    ],
  },
];
