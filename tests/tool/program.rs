//! The tool as a child process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// Longer than anything here takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const DRIVERS: [&str; 3] = ["blocking", "mio", "async-io"];

/// The tool, built as it is now: it is an example of another package, which a test can't ask Cargo for.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args([
                "build",
                "-q",
                "-p",
                "wharf-drivers",
                "--example",
                "packets",
                "--message-format=json-render-diagnostics",
            ])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs");
        assert!(built.status.success(), "the tool doesn't build");
        let messages = String::from_utf8(built.stdout).expect("cargo's messages are text");
        let executable = messages.lines().find_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let is_tool = message["target"]["name"] == "packets";
            is_tool.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
        });
        executable.expect("cargo says where the tool is")
    })
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the tool with `input` to its end.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments).spawn().expect("the tool starts");
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let input = input.to_vec();
    // A tool that refuses its command line doesn't read.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the tool ends");
    writer.join().unwrap();
    output
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the tool prints text")
}

/// `packets listen`, until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    stdout: Option<Receiver<String>>,
    stderr: Receiver<String>,
}

impl Server {
    pub(crate) fn start(driver: &str, options: &[&str]) -> Self {
        Self::spawn(command(&[&["listen", "127.0.0.1:0", "--driver", driver], options].concat()))
    }

    /// Starts it where no more than `count` files may be open.
    pub(crate) fn start_with_descriptors(count: usize, driver: &str, options: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {count}; exec \"$@\""), "sh"]).arg(program());
        shell.args(["listen", "127.0.0.1:0", "--driver", driver]).args(options);
        shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::spawn(shell)
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the tool starts");
        let (stdout, stderr) = (lines(child.stdout.take()), lines(child.stderr.take()));
        let first = stdout.recv_timeout(PATIENCE).expect("it says where it listens");
        let address = first.strip_prefix("listening on ").expect("this comes first").parse().unwrap();
        Self { child, address, stdout: Some(stdout), stderr }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The next line on its standard output.
    #[track_caller]
    pub(crate) fn line(&self) -> String {
        self.stdout.as_ref().unwrap().recv_timeout(PATIENCE).expect("another line is printed")
    }

    /// The next line on its standard error, but for those on who comes and goes.
    #[track_caller]
    pub(crate) fn complaint(&self) -> String {
        loop {
            let line = self.log();
            if !line.contains(": opened from ") && !line.ends_with(": closed") {
                return line;
            }
        }
    }

    /// The next line on its standard error.
    #[track_caller]
    pub(crate) fn log(&self) -> String {
        self.stderr.recv_timeout(PATIENCE).expect("another line is printed")
    }

    /// Sends it a signal, and returns what it then prints, and its exit code.
    #[track_caller]
    pub(crate) fn end(mut self, signal: &str) -> (Vec<String>, ExitStatus) {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        (self.stdout.take().unwrap().iter().collect(), self.child.wait().unwrap())
    }

    /// Waits for its end, and returns what it printed to standard error.
    #[track_caller]
    pub(crate) fn wait(mut self) -> (Vec<String>, ExitStatus) {
        (self.stderr.iter().collect(), self.child.wait().unwrap())
    }

    /// Nobody reads its standard output any more.
    pub(crate) fn hang_up(options: &[&str]) -> Self {
        let mut child = command(&[&["listen", "127.0.0.1:0"], options].concat()).spawn().expect("the tool starts");
        let mut stdout = child.stdout.take().unwrap();
        let mut first = Vec::new();
        while first.last() != Some(&b'\n') {
            let mut byte = [0];
            stdout.read_exact(&mut byte).unwrap();
            first.push(byte[0]);
        }
        let address = text(&first).trim().strip_prefix("listening on ").unwrap().parse().unwrap();
        let stderr = lines(child.stderr.take());
        Self { child, address, stdout: None, stderr }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn lines(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (lines, received) = mpsc::channel();
    let pipe = BufReader::new(pipe.expect("it is a pipe"));
    thread::spawn(move || pipe.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
    received
}
