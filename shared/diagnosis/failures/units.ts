import { anywhere } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { startedRuntime } from './recovered.ts';

/** What keeps systemd from starting a unit. */
export const units: readonly Failure[] = [
  {
    id: 'unit-masked',
    title: { en: 'A unit is masked', zh: '单元被屏蔽（masked）' },
    cause: {
      en: 'systemd does not start {unit}: it is masked.',
      zh: 'systemd 不会启动 {unit}，因为它已被屏蔽（masked）。',
    },
    remedy: { en: 'Unmask the unit.', zh: '取消屏蔽该单元。' },
    next: { en: 'muster starts it.', zh: 'muster 会启动它。' },
    command: 'systemctl unmask {unit} && systemctl start {unit}',
    where: 'host',
    explains: ['runtime-stopped', 'runtime-start-failed', 'kubelet-stopped'],
    clues: [anywhere(/Unit (?<unit>[\w@.-]{1,80}\.(?:service|socket)) is masked/)],
  },
  {
    id: 'unit-missing',
    title: { en: 'A unit does not exist', zh: '单元不存在' },
    cause: {
      en: 'systemd knows no {unit}: the package that contains it is not installed, or its file was removed.',
      zh: 'systemd 中没有 {unit}：包含它的软件包未安装，或其文件已被删除。',
    },
    remedy: {
      en: 'Reinstall the package (the command finds it); if none contains the unit, the program was copied by hand: remove it.',
      zh: '重新安装该软件包（该命令会查找它）；若没有软件包包含该单元，则程序是手动复制的：请将其删除。',
    },
    next: { en: 'muster installs the planned packages and retries.', zh: 'muster 会安装计划中的软件包并重试。' },
    command: ({ reinstall }) =>
      `${reinstall(['$(dpkg -S {unit} | cut -d: -f1 | sort -u)'])} && systemctl daemon-reload`,
    where: 'host',
    explains: ['runtime-stopped', 'runtime-start-failed', 'kubelet-stopped'],
    clues: [
      anywhere(
        /Unit (?:file )?(?<unit>[\w@.-]{1,80}\.(?:service|socket)) (?:not found|does not exist|could not be found)/,
        {
          until: startedRuntime,
        },
      ),
    ],
  },
  {
    id: 'unit-invalid',
    title: { en: 'A unit file is invalid', zh: '单元文件无效' },
    cause: { en: 'systemd cannot start {unit}: {what}.', zh: 'systemd 无法启动 {unit}：{what}。' },
    remedy: {
      en: 'Correct the unit or its drop-in files (the command shows them). A drop-in that replaces ExecStart= must empty it first.',
      zh: '更正该单元或其 drop-in 文件（该命令会显示）。替换 ExecStart= 的 drop-in 必须先将其清空。',
    },
    next: { en: 'muster starts it.', zh: 'muster 会启动它。' },
    command: 'systemctl cat --no-pager {unit}; systemctl daemon-reload',
    where: 'host',
    explains: ['runtime-stopped', 'runtime-start-failed', 'kubelet-stopped'],
    clues: [
      anywhere(
        /(?<unit>[\w@.-]{1,80}\.(?:service|socket)): (?<what>Service (?:has more than one ExecStart=|lacks (?:both )?ExecStart=)[^"]{0,60}|Failed to load environment files: [\w ]{1,60}|Unit configuration has fatal error|Socket service \S{1,80} not loaded, refusing|Failed to (?:resolve|determine) (?:user|group)[\w :.-]{1,60}|Changing to the requested working directory failed: [\w ]{1,60})/,
      ),
      anywhere(/Unit (?<unit>[\w@.-]{1,80}\.(?:service|socket)) (?<what>has a bad unit file setting)/),
    ],
  },
];
