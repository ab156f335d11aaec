/** One public file as readers get it. */
export interface AlertFile {
  /** Below the public address, e.g. `cap/eq1.1.xml`. */
  name: string;
  body: string;
  contentType: string;
  /** How long readers and caches between may keep it, in seconds. */
  maxAgeSeconds: number;
}

/** The public files (an S3 bucket behind CloudFront): read by anybody, written by whoever issues an alert. */
export interface AlertFiles {
  /** Writes a file, whatever was there under its name. */
  put(file: AlertFile): Promise<void>;
  /** A file's body and its version; undefined when there is none. */
  read(name: string): Promise<{ body: string; version: string } | undefined>;
  /** Replaces the version seen (undefined: there was none); false when somebody else was first. */
  replace(file: AlertFile, seen: string | undefined): Promise<boolean>;
}
