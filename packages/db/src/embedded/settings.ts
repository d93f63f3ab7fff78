/**
 * The server's settings, given on its command line so that a newer Infirmary brings newer settings to an old cluster.
 * Sized for a small machine; a hospital runs a PostgreSQL of its own.
 */
export function serverSettings(port: number, isThrowaway: boolean): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "60",
    shared_buffers: "256MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    effective_cache_size: "1GB",
    max_wal_size: "1GB",
    // What is acknowledged is on the disk; of a test's database it need not be (`setDurable`).
    ...(isThrowaway ? {} : { fsync: "on", synchronous_commit: "on", full_page_writes: "on" }),
    // Our queries are short; compiling one costs more than it saves.
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // A week of logs, and in them neither statements nor the DETAIL lines that quote a patient's values.
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgres-%a.log",
    log_rotation_age: "1d",
    log_truncate_on_rotation: "on",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
}
