/* The order of segments: a walk through the tree of the abstract message, one step a segment. */
#include "check.h"

enum { NOWHERE = 0xFFFF };

static bool is_required(const check *c, uint16_t n) { return c->nodes[n].required <= c->version; }
static bool is_group(const check *c, uint16_t n) { return c->nodes[n].name == 0; }

/* Whether one of a choice's alternatives has the name; its node, else NOWHERE. */
static uint16_t find_choice(const check *c, uint16_t choice, uint32_t name) {
  for (uint16_t n = (uint16_t)(choice + 1); n < c->nodes[choice].end; n++) {
    if (c->nodes[n].name == name) return n;
  }
  return NOWHERE;
}

/* Looks for name in [from, end) inside group. exact: nothing required may be passed, and *blocked tells that it was. */
static uint16_t scan(const check *c, uint16_t group, uint16_t from, uint32_t name, bool exact, bool *blocked) {
  const rule_node *nodes = c->nodes;
  *blocked = false;
  for (uint16_t n = from; n < nodes[group].end;) {
    bool is_choice = is_group(c, n) && (nodes[n].flags & NODE_CHOICE);
    uint16_t found = is_choice ? find_choice(c, n, name) : nodes[n].name == name ? n : NOWHERE;
    if (found != NOWHERE && (exact || is_required(c, n))) return found;
    bool is_stop = exact && is_required(c, n) && (is_choice || !is_group(c, n));
    if (!is_stop) {
      n = is_choice ? nodes[n].end : (uint16_t)(n + 1);
      continue;
    }
    /* Passed over only by not entering an optional group around it. */
    uint16_t around = nodes[n].parent;
    while (around != group && is_required(c, around)) around = nodes[around].parent;
    if (around == group) {
      *blocked = true;
      return NOWHERE;
    }
    n = nodes[around].end;
  }
  return NOWHERE;
}

/* Where the name can stand after the current place; *group and *from are where the search that found it began. */
static uint16_t find(const check *c, uint32_t name, bool exact, uint16_t *group, uint16_t *from) {
  const rule_node *nodes = c->nodes;
  uint16_t here = c->node;
  bool blocked;
  if (nodes[here].name == name && (nodes[here].flags & NODE_REPEATS)) {
    *group = nodes[here].parent;
    *from = here;
    return here;
  }
  uint16_t g = here == 0 ? 0 : nodes[here].parent;
  uint16_t next = here == 0 ? 1 : nodes[here].end;
  for (;;) {
    bool in_choice = nodes[g].flags & NODE_CHOICE;
    *group = g;
    *from = next;
    uint16_t found = in_choice ? NOWHERE : scan(c, g, next, name, exact, &blocked);
    if (found != NOWHERE) return found;
    if (!in_choice && blocked) return NOWHERE;
    if ((nodes[g].flags & NODE_REPEATS) && g != 0) {
      *from = (uint16_t)(g + 1);
      found = scan(c, g, *from, name, exact, &blocked);
      /* A group begins anew without its head only for what is the point of it: a stray TQ1 is no new order. */
      if (found != NOWHERE && (exact || (nodes[found].flags & NODE_VITAL))) return found;
    }
    if (g == 0) return NOWHERE;
    next = nodes[g].end;
    g = nodes[g].parent;
  }
}

/* Reports that the segment of node n is missing at where. */
static void report_missing(check *c, uint16_t n, uint32_t where) {
  uint16_t segment = is_group(c, n) ? (uint16_t)(n + 1) : n;
  bool vital = c->nodes[segment].flags & NODE_VITAL;
  hl7val_path path = {.name = c->nodes[segment].name};
  issue_code code = vital ? ISSUE_SEGMENT_MISSING_VITAL : ISSUE_SEGMENT_MISSING;
  hl7val_check_report_at(c, code, path, (hl7val_span){where, 0}, c->segment->line);
}

static bool is_around(const check *c, uint16_t group, uint16_t n) { return group < n && n < c->nodes[group].end; }

/* Reports what is required in [from, to). Groups that do not hold target count only when they are required. */
static void report_passed(check *c, uint16_t from, uint16_t to, uint16_t target, uint32_t where) {
  const rule_node *nodes = c->nodes;
  for (uint16_t n = from; n < to;) {
    bool is_choice = is_group(c, n) && (nodes[n].flags & NODE_CHOICE);
    bool entered = is_group(c, n) && is_around(c, n, target);
    if (!is_required(c, n) && !entered) {
      n = nodes[n].end;
      continue;
    }
    if (is_group(c, n) && !is_choice) {
      n++;
      continue;
    }
    if (!entered) report_missing(c, n, where);
    n = nodes[n].end;
  }
}

/* Reports what was left out between the current place and the one found from (group, from). */
static void report_skipped(check *c, uint16_t found, uint16_t group, uint16_t from) {
  const rule_node *nodes = c->nodes;
  uint16_t here = c->node;
  uint16_t next = here == 0 ? 1 : nodes[here].end;
  for (uint16_t g = here == 0 ? 0 : nodes[here].parent;; g = nodes[g].parent) {
    bool looped_back = g == group && from < next;
    if (g == group && !looped_back) break;
    if (!(nodes[g].flags & NODE_CHOICE)) report_passed(c, next, nodes[g].end, NOWHERE, c->segment->at);
    if (looped_back || g == 0) break;
    next = nodes[g].end;
  }
  report_passed(c, from, found, found, c->segment->at);
}

static bool is_local(uint32_t name) { return name >> 16 == 'Z'; }

void hl7val_check_order(check *c, const hl7val_segment *segment) {
  uint32_t name = segment->name;
  hl7val_span id = {segment->at, 3};
  place whole = {0, 0, 0};
  if (is_local(name)) {
    hl7val_check_report(c, ISSUE_SEGMENT_LOCAL, whole, id);
    return;
  }
  /* A name that HL7 does not know stands nowhere in the grammar: it need not be looked for. */
  if (!hl7val_is_known_segment(name)) {
    hl7val_check_report(c, ISSUE_SEGMENT_UNKNOWN, whole, id);
    return;
  }
  uint16_t group, from;
  uint16_t found = find(c, name, true, &group, &from);
  if (found == NOWHERE) {
    if (hl7val_is_segment_anywhere(name)) return;
    found = find(c, name, false, &group, &from);
    if (found == NOWHERE) {
      hl7val_check_report(c, ISSUE_SEGMENT_UNEXPECTED, whole, id);
      return;
    }
    report_skipped(c, found, group, from);
  }
  c->node = found;
}

void hl7val_check_order_end(check *c) {
  const rule_node *nodes = c->nodes;
  uint32_t end = c->ix->message.at + c->ix->message.len;
  uint16_t next = c->node == 0 ? 1 : nodes[c->node].end;
  for (uint16_t g = c->node == 0 ? 0 : nodes[c->node].parent;; g = nodes[g].parent) {
    if (!(nodes[g].flags & NODE_CHOICE)) report_passed(c, next, nodes[g].end, NOWHERE, end);
    if (g == 0) return;
    next = nodes[g].end;
  }
}
