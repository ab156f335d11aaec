/** The public files (an S3 bucket behind CloudFront): read by anybody, written by whoever issues an alert. */
export interface AlertFiles {
  /** Writes a file that nobody changes afterwards; written again it is the same. */
  put(name: string, body: string, contentType: string): Promise<void>;
  /** A file and its version; undefined when there is none. */
  read(name: string): Promise<{ body: string; version: string } | undefined>;
  /** Replaces the version seen (undefined: there was none); false when somebody else was first. */
  replace(name: string, body: string, contentType: string, seen: string | undefined): Promise<boolean>;
}
