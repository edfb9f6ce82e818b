# Sourced by mvnw and plumbline: finds the newest JDK from PLUMBLINE_JDK_MIN on and exports JAVA_HOME.
#
# The machine's default `java` may be an older one, and a Maven toolchain would not reach the tools that run in
# Maven's own JVM (the formatter). An explicit PLUMBLINE_JAVA_HOME wins; otherwise every usual place is searched.
# POSIX sh only. Leaves nothing behind but JAVA_HOME.

PLUMBLINE_JDK_MIN=21

# Prints the feature version (21, 25 …) of the JDK in $1, or nothing when there is no compiler in it.
plumbline_jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

plumbline_find_jdk() {
  plumbline_best=
  plumbline_best_version=0
  plumbline_path_javac=$(command -v javac 2>/dev/null || true)
  plumbline_path_home=
  if [ -n "$plumbline_path_javac" ]; then
    plumbline_path_home=$(dirname "$(dirname "$(readlink -f "$plumbline_path_javac" 2>/dev/null || echo "$plumbline_path_javac")")")
  fi
  for plumbline_home in "${JAVA_HOME:-}" "$plumbline_path_home" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*; do
    [ -n "$plumbline_home" ] || continue
    plumbline_version=$(plumbline_jdk_version "$plumbline_home")
    [ -n "$plumbline_version" ] || continue
    if [ "$plumbline_version" -gt "$plumbline_best_version" ]; then
      plumbline_best=$plumbline_home
      plumbline_best_version=$plumbline_version
    fi
  done
}

if [ -n "${PLUMBLINE_JAVA_HOME:-}" ]; then
  plumbline_best=$PLUMBLINE_JAVA_HOME
  plumbline_best_version=$(plumbline_jdk_version "$PLUMBLINE_JAVA_HOME")
  plumbline_best_version=${plumbline_best_version:-0}
else
  plumbline_find_jdk
fi
if [ "$plumbline_best_version" -lt "$PLUMBLINE_JDK_MIN" ]; then
  echo "需要 JDK $PLUMBLINE_JDK_MIN 或更高版本，本机未找到；请安装（例如 apt install openjdk-21-jdk），或设置 PLUMBLINE_JAVA_HOME。" >&2
  echo "Plumbline needs a JDK $PLUMBLINE_JDK_MIN or newer and found none; install one, or point PLUMBLINE_JAVA_HOME at one." >&2
  exit 1
fi
JAVA_HOME=$plumbline_best
export JAVA_HOME
unset plumbline_best plumbline_best_version plumbline_home plumbline_version plumbline_path_javac plumbline_path_home
