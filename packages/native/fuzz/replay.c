/* Runs a fuzz target over files instead of under libFuzzer: every argument is a file or a folder of files. The corpus
 * and past crashes are replayed by CTest this way, with the sanitizers on and without clang. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static int replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return fprintf(stderr, "cannot read %s\n", path), 1;
  size_t size = 0, room = 1 << 16;
  uint8_t *data = malloc(room);
  while (data) {
    size += fread(data + size, 1, room - size, file);
    if (size < room) break;
    uint8_t *larger = realloc(data, room *= 2);
    if (!larger) free(data);
    data = larger;
  }
  fclose(file);
  if (!data) return fprintf(stderr, "out of memory for %s\n", path), 1;
  /* A block of exactly this size: one byte too far is seen by the address sanitizer. */
  uint8_t *exact = realloc(data, size ? size : 1);
  LLVMFuzzerTestOneInput(exact ? exact : data, size);
  free(exact ? exact : data);
  replayed++;
  return 0;
}

static int replay(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return 0; /* a target may have no corpus yet */
  if (!S_ISDIR(info.st_mode)) return replay_file(path);
  DIR *folder = opendir(path);
  if (!folder) return fprintf(stderr, "cannot read %s\n", path), 1;
  int failed = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    char name[4096];
    if (snprintf(name, sizeof name, "%s/%s", path, entry->d_name) >= (int)sizeof name) continue;
    failed |= replay(name);
  }
  closedir(folder);
  return failed;
}

int main(int count, char **paths) {
  int failed = 0;
  for (int i = 1; i < count; i++) failed |= replay(paths[i]);
  printf("%s 1 - replays %d inputs without a finding\n1..1\n", failed ? "not ok" : "ok", replayed);
  return failed;
}
