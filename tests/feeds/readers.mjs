// Reads a calendar from stdin with two readers and prints what each makes of every event.
// Seconds since 1970, so that no zone of this machine comes between.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(0, "utf8");

function byIcalJs() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      starts: event.startDate.toUnixTime(),
      ends: event.endDate.toUnixTime(),
      summary: event.summary,
      location: event.location,
      sequence: event.sequence,
      status: each.getFirstPropertyValue("status"),
    };
  });
}

function byNodeIcal() {
  const found = Object.values(nodeIcal.sync.parseICS(text)).filter((each) => each.type === "VEVENT");
  return found.map((each) => ({
    uid: each.uid,
    starts: each.start.getTime() / 1000,
    ends: each.end.getTime() / 1000,
    summary: each.summary,
    location: each.location,
    sequence: Number(each.sequence),
    status: each.status,
  }));
}

console.log(JSON.stringify({ "ical.js": byIcalJs(), "node-ical": byNodeIcal() }));
