import type { Command } from 'commander';
import { type Cli, examples, group, socketOption } from '../help.ts';

export function addMetrics(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const metrics = group(program, cli, 'metrics', { en: 'for Prometheus', zh: '供 Prometheus 使用' });
  metrics
    .command('show')
    .description(say({ en: 'print the metrics, as /metrics gives them', zh: '打印指标，与 /metrics 相同' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../metrics.ts')).showMetrics(io, options));
  metrics
    .command('token')
    .description(
      say({
        en: 'make the token that Prometheus reads /metrics with; the one before it ends',
        zh: '生成 Prometheus 读取 /metrics 的令牌；之前的令牌随即失效',
      }),
    )
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(cli, [
        'muster metrics token > /etc/prometheus/muster.token',
        { en: 'only the token itself goes to standard output', zh: '标准输出只有令牌本身' },
      ]),
    )
    .action(async (options) => (await import('../metrics.ts')).createMetricsToken(io, options));
}
