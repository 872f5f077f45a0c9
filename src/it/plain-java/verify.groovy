def log = new File(basedir, 'build.log').readLines()
def said = log.findAll { it ==~ /^(\d: |ACCEPTED: ).*/ }
said.each { println "plain-java: $it" }
assert said == ['0: 190', '1: 190 km', 'ACCEPTED: 190 km']

def loaded = new File(basedir, 'target/classes.log').readLines()
assert loaded.size() > 500
def foreign = loaded.findAll {
    it =~ / (io\.quarkus|io\.smallrye|org\.hibernate|jakarta|org\.apache\.kafka|org\.snakeyaml|com\.ezylang|picocli)\./
}
assert foreign.isEmpty() : "loaded though not on the class path: $foreign"
return true
