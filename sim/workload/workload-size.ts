/** How large a workload is, or is expected to be: what the memory that a run takes depends on. */
export interface WorkloadSize {
  readonly files: number;
  readonly customers: number;
  readonly requests: number;
}
