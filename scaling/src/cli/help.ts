export const help = `Usage: npm run scale -- COMMAND [options]

Sizes the pipeline from what is there: observe -> decide -> act.

decide    What sizing follows from an observation. Offline; changes nothing.
  --observation FILE   what was observed (schemas/observation.schema.json)
  --policy FILE        what the operator decided (schemas/policy.schema.json)
  --previous FILE      the last sizing; without it this is the first
  --json               the sizing as JSON instead of tables and sentences

observe   Counts endpoints, reads live partitions, concurrency, quotas and open alerts.
  --policy FILE  --environment NAME  --output FILE
  --previous FILE      the last sizing: where a count fell by half since, every row is counted
  --first              nothing is installed yet: a table that does not exist is empty

run       observe, decide, plan, guard, apply and read back: what the schedule runs.
  --policy FILE  --environment NAME
  --plan-only          stops after the plan; prints the digest for npm run apply
  --dry-run            stops after decide
  --mode deploy        for what a sizing run may not do by itself, e.g. the first warm worker; a person approves it
  --first              nothing is installed yet: no scaling file is in force
  --var-file FILE      a further variable file for both roots; may be repeated

pause     Freezes the scaler until someone resumes it.     --environment NAME  --reason TEXT
resume    Lets it go on; also after a rollback, which leaves it paused.     --environment NAME

The scaling file in force, the last sizing and reviewed changes lie in the environment's state bucket.

Variables for every command but decide: KAFKA_BOOTSTRAP_SERVERS, KAFKA_TLS, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, and those of
the AWS SDK.

Exit code: 0; 1 when Terraform or an output failed; 2 for a refused policy, option or file, then nothing was written;
3 when some input was held: what was applied is safe, but someone has to look.
`;
