// Forms the replica set and makes the user that Plumbline signs in as. May be run again: what is there stays.
const read = (name) => require("fs").readFileSync("/run/secrets/" + name, "utf8").trim();
const root = "root:" + encodeURIComponent(read("mongo_root"));

const member = connect(`mongodb://${root}@mongo1:27017/admin?directConnection=true`);
try {
  member.adminCommand({ replSetGetStatus: 1 });
  print("replica set: is there");
} catch (notYet) {
  member.adminCommand({
    replSetInitiate: {
      _id: "rs0",
      members: [1, 2, 3].map((n) => ({ _id: n, host: `mongo${n}:27017` })),
    },
  });
  print("replica set: initiated");
}

// Waits for the primary by the driver's own server selection.
const admin = connect(`mongodb://${root}@mongo1,mongo2,mongo3/admin?replicaSet=rs0&serverSelectionTimeoutMS=60000`);
if (admin.getUser("plumbline") === null) {
  admin.createUser({
    user: "plumbline",
    pwd: read("plumbline_database"),
    roles: [{ role: "readWrite", db: "plumbline" }],
  });
  print("user plumbline: made");
} else {
  print("user plumbline: is there");
}
