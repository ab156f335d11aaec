export { createKafkaAdmin, type KafkaAdmin } from './kafka-admin.ts';
export type { KafkaConfig } from './kafka-client.ts';
export { createKafkaWakeUpLog, type KafkaWakeUpLog } from './wake-up-log.ts';
