export const help = `Usage: npm run scale -- COMMAND [options]

Sizes the pipeline from what is there: observe -> decide -> act.

decide    What sizing follows from an observation. Offline; changes nothing.
  --observation FILE   what was observed (schemas/observation.schema.json)
  --policy FILE        what the operator decided (schemas/policy.schema.json)
  --previous FILE      the last sizing; without it this is the first
  --json               the sizing as JSON instead of tables and sentences

observe   Counts endpoints, reads live partitions, concurrency, quotas and open alerts.
  --policy FILE  --environment NAME  --output FILE
  --paused  --deploy-in-flight  --drill-in-flight     set these flags
  --first              nothing is installed yet: a table that does not exist is empty

act       Writes the sizing as Terraform variables and applies it: topics, then pipeline.
  --sizing FILE  --policy FILE  --environment NAME
  --tfvars FILE        the sizing in force (scaling.auto.tfvars.json)
  --observation FILE   gives channels with a live quota their provider's rate
  --var-file FILE      a further variable file for both roots; may be repeated
  --terraform COMMAND  what to run instead of terraform

run       observe, decide and act in order.
  --policy FILE  --environment NAME  --tfvars FILE
  --previous FILE      the last sizing; read first, replaced at the end
  --first              nothing is installed yet, there is no sizing anywhere
  and the options of observe and act; --dry-run stops before act

Variables for observe and run: KAFKA_BOOTSTRAP_SERVERS, KAFKA_TLS, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, and those of
the AWS SDK.

Exit code: 0; 1 when Terraform or an output failed; 2 for a refused policy, option or file, then nothing was written;
3 when some input was held: what was applied is safe, but someone has to look.
`;
