import { planSchema } from '../../../shared/plan/schema.ts';
import { assignmentSchema, targetSchema } from '../../../shared/protocol/assignment.ts';
import { auditEntrySchema } from '../../../shared/protocol/audit.ts';
import { diagnosisSchema } from '../../../shared/protocol/diagnosis.ts';
import { dutyResultSchema, dutySchema } from '../../../shared/protocol/duty.ts';
import { enrolRequestSchema, enrolResponseSchema, joinCredentialSchema } from '../../../shared/protocol/enrolment.ts';
import { explanationSchema } from '../../../shared/protocol/explanation.ts';
import { clusterFactsSchema, factsSchema, nodeFactsSchema } from '../../../shared/protocol/facts.ts';
import { findingSchema } from '../../../shared/protocol/finding.ts';
import { metricsTokenSchema, readinessSchema } from '../../../shared/protocol/observation.ts';
import {
  actionListSchema,
  actionRequestSchema,
  actionResponseSchema,
  operationSchema,
} from '../../../shared/protocol/operation.ts';
import { planCheckSchema, planViewSchema } from '../../../shared/protocol/plan-view.ts';
import { problemSchema } from '../../../shared/protocol/problem.ts';
import { recoveryResponseSchema } from '../../../shared/protocol/recovery.ts';
import { outputLineSchema, reportSchema, stepResultSchema } from '../../../shared/protocol/report.ts';
import { restoredSchema } from '../../../shared/protocol/safekeeping.ts';
import {
  eventSchema,
  hostStatusSchema,
  loginLinkSchema,
  logPageSchema,
  statusSchema,
  tokenRequestSchema,
  tokenResponseSchema,
} from '../../../shared/protocol/status.ts';
import { updatesSchema } from '../../../shared/protocol/updates.ts';

/** Schemas with a name in the OpenAPI document, and therefore in the output of `--json`. */
export const schemas = {
  ActionList: actionListSchema,
  ActionRequest: actionRequestSchema,
  ActionResponse: actionResponseSchema,
  Assignment: assignmentSchema,
  AuditEntry: auditEntrySchema,
  ClusterFacts: clusterFactsSchema,
  Diagnosis: diagnosisSchema,
  Duty: dutySchema,
  DutyResult: dutyResultSchema,
  EnrolRequest: enrolRequestSchema,
  EnrolResponse: enrolResponseSchema,
  Event: eventSchema,
  Explanation: explanationSchema,
  Facts: factsSchema,
  Finding: findingSchema,
  HostStatus: hostStatusSchema,
  JoinCredential: joinCredentialSchema,
  LoginLink: loginLinkSchema,
  LogPage: logPageSchema,
  MetricsToken: metricsTokenSchema,
  NodeFacts: nodeFactsSchema,
  Operation: operationSchema,
  OutputLine: outputLineSchema,
  Plan: planSchema,
  PlanCheck: planCheckSchema,
  PlanView: planViewSchema,
  Problem: problemSchema,
  Readiness: readinessSchema,
  RecoveryResponse: recoveryResponseSchema,
  Report: reportSchema,
  Status: statusSchema,
  StepResult: stepResultSchema,
  Target: targetSchema,
  Restored: restoredSchema,
  Updates: updatesSchema,
  TokenRequest: tokenRequestSchema,
  TokenResponse: tokenResponseSchema,
};
